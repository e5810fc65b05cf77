// The kinds of question that a form may hold, how a new one begins, and how one kind becomes another.

export const TEXTS = new Set(["textarea", "textfield"]);
export const CHOICES = new Set(["radio", "select"]);
export const QUESTIONS = ["radio", "select", "datetime", "number", "textarea", "textfield"];

const MOST_TEXT = 4000;
const MOST_LINE = 300;

export const isText = (field) => TEXTS.has(field.type);
export const labelKey = (field) => (field.type === "datetime" ? "dateLabel" : "label");
export const labelOf = (field) => field[labelKey(field)] ?? "";

// A new part of a form, whole: it can be saved as it is.
export function begin(type, words) {
  if (type === "group") return { label: words.new_group, showOutline: false, components: [] };
  return { ...asked(type, words.new_question, words), validate: rules(type), properties: kept(type) };
}

// What a question must lose and gain to become one of another kind; its words, key and condition stay.
export function turned(field, type, words) {
  if (field.type === type) return {};
  const gone = ["label", "dateLabel", "timeLabel", "subtype", "use24h", "timeInterval", "timeSerializingFormat", "values"];
  const lost = Object.fromEntries([...gone, "decimalDigits", "increment", "serializeToString"].map((name) => [name, undefined]));
  const found = asked(type, labelOf(field) || words.new_question, words);
  if (CHOICES.has(type) && CHOICES.has(field.type)) found.values = field.values;
  const before = field.properties ?? {};
  const properties = kept(type);
  if (!TEXTS.has(type) && before.audience) properties.audience = before.audience;
  if (TEXTS.has(type)) for (const name of ["file", "party"]) if (before[name]) properties[name] = before[name];
  if (before.requiredWhen) properties.requiredWhen = before.requiredWhen;
  const validate = { ...rules(type), required: field.validate?.required };
  if (!validate.required) delete validate.required;
  return { ...lost, ...found, type, validate, properties };
}

// A date is asked alone or with its time.
export function withTime(time, words) {
  if (!time) return { subtype: "date", timeLabel: undefined, use24h: undefined, timeInterval: undefined, timeSerializingFormat: undefined };
  return { subtype: "datetime", timeLabel: words.time_label, use24h: true, timeInterval: 5, timeSerializingFormat: "utc_offset" };
}

// The form as a file: without what the editor keeps for itself, and without columns, which our pages do not have.
export function written(schema) {
  const text = JSON.stringify(schema, (name, value) => (name === "layout" ? undefined : value), 2);
  return `${text}\n`;
}

function asked(type, label, words) {
  if (type === "datetime") return { dateLabel: label, subtype: "date" };
  if (type === "number") return { label, decimalDigits: 0 };
  if (!CHOICES.has(type)) return { label };
  return { label, values: [{ value: "ja", label: words.yes }, { value: "nee", label: words.no }] };
}

function rules(type) {
  if (type === "number") return { required: true, min: 0 };
  if (TEXTS.has(type)) return { required: true, maxLength: type === "textfield" ? MOST_LINE : MOST_TEXT };
  return { required: true };
}

function kept(type) {
  if (TEXTS.has(type)) return { store: "sealed" };
  return type === "datetime" ? { store: "fact", audience: "own", when: "any" } : { store: "fact", audience: "own" };
}

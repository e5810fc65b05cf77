// Conditions of a form (FEEL) as a choice of question, is or is not, and answer. What is more than that stays a formula.
const SIMPLE = /^=\s*([a-z][a-z0-9_]*)\s*(!?=)\s*(?:"([^"]*)"|null)\s*$/;

// {key, is, value} of a simple condition, where value null means "not answered"; null for every other text.
export function read(text, { hides = false } = {}) {
  const found = SIMPLE.exec(text ?? "");
  if (!found) return null;
  const is = (found[2] === "=") !== hides;
  return { key: found[1], is, value: found[3] ?? null };
}

// The text of a simple condition. One that hides says when the question is not asked: the opposite.
export function write({ key, is, value }, { hides = false } = {}) {
  const sign = is !== hides ? "=" : "!=";
  return `=${key} ${sign} ${value === null ? "null" : `"${value}"`}`;
}

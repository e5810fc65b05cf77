// Periods such as P4W in words.
const COUNTED = [
  "", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien",
  "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig",
];
const UNITS = { D: ["dag", "dagen"], W: ["week", "weken"], M: ["maand", "maanden"], Y: ["jaar", "jaar"], TH: ["uur", "uur"], TM: ["minuut", "minuten"] };
const PERIOD = /^P(T?)(\d{1,3})([DWMYH])$/;

// "4 weken"; undefined for what is no period.
export function duration(period) {
  const [number, unit] = parts(period, "");
  return number && `${number} ${unit}`;
}

// "vier weken"; days and weeks of a `kind`, as "vier werkweken". Undefined for no time at all.
export function counted(period, kind = "") {
  const [number, unit] = parts(period, kind);
  return number && number !== "0" ? `${COUNTED[number] ?? number} ${unit}` : undefined;
}

function parts(period, kind) {
  const [, time, digits, letter] = PERIOD.exec(period) ?? [];
  if (!digits) return [];
  const number = String(Number(digits));
  return [number, `${"DW".includes(letter) ? kind : ""}${UNITS[`${time}${letter}`][number === "1" ? 0 : 1]}`];
}

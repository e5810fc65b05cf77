// Single keys for whoever switched them on (WCAG 2.1.4): the page says so, and which words to tell. Never while somebody types.
const page = document.documentElement;
const rows = () => [...document.querySelectorAll(".row-title, .table tbody th[scope=row] a")];
const rowOf = (element) => element?.closest(".row, tr");

const KEYS = {
  j: () => walk(1),
  k: () => walk(-1),
  c: take,
  x: tick,
  "/": search,
  "?": () => document.querySelector("dialog.keys").showModal(),
};

export function listenToKeys() {
  if ("keys" in page.dataset) document.addEventListener("keydown", pressed);
}

function pressed(event) {
  const { key, target } = event;
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!Object.hasOwn(KEYS, key) || typesIn(target) || document.querySelector("dialog[open]")) return;
  if (event.repeat && key !== "j" && key !== "k") return;
  if (KEYS[key]() !== false) event.preventDefault();
}

// A tick box of the list takes no letters; every other field may.
function typesIn(target) {
  return target.isContentEditable || target.matches("input:not([name=taak]), textarea, select");
}

function walk(step) {
  const all = rows();
  const here = all.findIndex((link) => rowOf(link) === rowOf(document.activeElement));
  const next = here === -1 ? (step > 0 ? 0 : all.length - 1) : here + step;
  if (!all[next]) return false;
  all[next].focus();
}

// Takes what is free. What is somebody's own already is given back by its button alone: a draft would go.
function take() {
  const scope = rowOf(document.activeElement) ?? document;
  const free = scope.querySelector("[data-key=claim]");
  if (free) return void free.click();
  const box = scope === document ? null : scope.querySelector("[name=taak]");
  const back = document.querySelector("[data-key=release]");
  if (!back || (scope !== document && !box)) return false;
  if (box && !box.checked) box.click();
  back.focus();
}

function tick() {
  const row = rowOf(document.activeElement);
  const box = row?.querySelector("[name=taak]");
  if (!box) return false;
  box.click();
  const told = document.querySelector("[data-ticked]");
  told.textContent = (box.checked ? told.dataset.ticked : told.dataset.unticked).replace("{}", row.querySelector("a").textContent);
}

function search() {
  const field = document.querySelector("[data-key=search]");
  if (!field) return false;
  const filter = field.closest("details");
  if (filter) filter.open = true;
  field.focus();
  field.select();
}

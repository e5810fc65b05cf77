// The facts that a field offers: those of this procedure by the task that asks them, and what it is given. What only other procedures
// know would never hold here.
export const worded = ({ name, label }) => (label === name ? name : `${label} (${name})`);

// Groups for a list to choose from: [words, [[code, words]]].
export function grouped(facts, { others = false, code = (name) => name } = {}) {
  const groups = new Map();
  for (const fact of facts) {
    if (!fact.where && !others) continue;
    const where = fact.where || "Andere procedures";
    groups.set(where, [...(groups.get(where) ?? []), [code(fact.name), worded(fact)]]);
  }
  return [...groups];
}

// The same without groups.
export const flat = (options) => options.flatMap(([code, words]) => (Array.isArray(words) ? words : [[code, words]]));

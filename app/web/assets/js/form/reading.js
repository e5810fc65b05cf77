// Our own choice of each question: is the answer a fact that steers the procedure, or sealed text, and who will read it.
import { h } from "preact";
import { isText, turned } from "./kinds.js";
import { Choice, Radios } from "./parts.js";
import { readers } from "./readers.js";

export function Reading({ desk, canvas, field, edit }) {
  const { words, stores } = desk;
  const sealed = isText(field);
  const store = sealed ? "sealed" : "fact";
  const options = ["fact", "sealed"].map((value) => ({ value, ...stores[value] }));
  const kept = (name) => (value) => {
    const { [name]: _, ...others } = field.properties ?? {};
    edit({ properties: value ? { ...others, [name]: value } : others });
  };
  return h("section", { class: "vr-reading" }, [
    h("h3", null, words.reading),
    h(Radios, { name: "vr-store", label: words.reading, value: store, options,
      set: (value) => value !== store && edit(turned(field, value === "sealed" ? "textarea" : "radio", words)) }),
    h("p", { class: "hint" }, sealed ? `${desk.oneWay} ${words.becomes_choice}` : words.becomes_text),
    sealed ? h(Sealed, { desk, canvas, field, kept }) : h(Fact, { desk, field, kept }),
    h("p", { class: `vr-readers vr-${store}`, role: "status" }, readers(desk, field)),
    desk.shares[field.key] && h("p", { class: "vr-readers vr-sealed" }, `${words.also_shared} ${desk.shares[field.key]}.`),
  ]);
}

function Fact({ desk, field, kept }) {
  const chosen = desk.audiences.find((one) => one.value === field.properties?.audience) ?? desk.audiences[0];
  return h(Choice, { id: "vr-audience", label: desk.words.audience, value: chosen.value, options: desk.audiences, hint: chosen.text,
    set: kept("audience") });
}

function Sealed({ desk, field, kept }) {
  const { words, files } = desk;
  const { file, party } = field.properties ?? {};
  const foreign = file && !files.some((one) => one.value === file) ? [{ value: file, label: file }] : [];
  const usual = files.length ? [{ value: "", label: words.file_first.replace("{file}", files[0].label) }] : [];
  const own = file ?? files[0]?.value;
  return [
    h(Choice, { id: "vr-file", label: words.file, value: file ?? "", options: [...usual, ...files, ...foreign], set: kept("file"),
      hint: own === "adviser_file" ? words.consent : undefined }),
    h(Choice, { id: "vr-party", label: words.party, value: party ?? "", options: desk.parties, set: kept("party"),
      hint: party ? desk.partyMeans : undefined }),
  ];
}

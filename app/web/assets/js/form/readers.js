// Who will be able to read an answer, in the words that the server gave: one source for page, editor and preview.
import { isText } from "./kinds.js";

export function readers(desk, field) {
  const { store, audience, file } = field.properties ?? {};
  if (isText(field)) return (desk.files.find((one) => one.value === file) ?? desk.files[0])?.readers ?? desk.words.no_file;
  if (store !== "fact") return desk.words.no_store;
  return (desk.audiences.find((one) => one.value === audience) ?? desk.audiences[0]).readers;
}

// Earlier saves of this file: looked at beside what is there now, and taken back as a new save.
import { compare } from "./comparing";

const WHEN = new Intl.DateTimeFormat("nl-NL", { dateStyle: "medium", timeStyle: "short" });

export class Versions {
  constructor(desk) {
    this.desk = desk;
  }

  async open() {
    const dialog = this.desk.dialog("versions");
    const list = dialog.querySelector("[data-saves]");
    const { saves } = await this.desk.talk.saves(this.desk.file).catch(() => ({ saves: [] }));
    list.replaceChildren(...saves.filter((one) => !one.gone).map((one) => this.line(one, dialog)));
    dialog.querySelector("[data-compared]").hidden = true;
    dialog.showModal();
  }

  line(save, dialog) {
    const words = save.saved_at ? `${WHEN.format(new Date(save.saved_at))}, ${save.saved_by}` : "Zoals het concept begon";
    const item = Object.assign(document.createElement("li"), { textContent: words });
    const look = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: "Bekijk" });
    look.setAttribute("aria-label", `Bekijk: ${words}`);
    look.addEventListener("click", () => this.look(save.number, dialog));
    item.append(" ", look);
    return item;
  }

  async look(number, dialog) {
    const { content } = await this.desk.talk.saved(this.desk.file, number);
    dialog.querySelector("[data-compared]").hidden = false;
    for (const pane of dialog.querySelectorAll("[data-pane]")) pane.replaceChildren();
    await compare(dialog, { before: content, after: await this.desk.read() }, this.desk.studio.known);
    const take = dialog.querySelector("[data-take]");
    if (!take) return;
    take.onclick = async () => {
      dialog.close();
      await this.desk.replace(content);
      this.desk.saving.edited();
    };
  }
}

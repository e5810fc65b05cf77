// Saves the form a moment after each change, over the save that it began with. Whoever saved meanwhile is told of, and nothing is lost.
const PAUSE = 800;
const AGAIN = 5000;

export class Saving {
  constructor(desk, content, { said, conflict, saved }) {
    Object.assign(this, { desk, content, said, conflict, after: saved });
    this.kept = null;
    addEventListener("beforeunload", (event) => this.waiting && event.preventDefault());
  }

  async load() {
    const file = await this.newest();
    this.number = file.number;
    return JSON.parse(file.content);
  }

  async newest() {
    const response = await fetch(this.desk.urls.file, { headers: { Accept: "application/json" }, redirect: "error" });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  // What is on the screen now counts as kept.
  settle() {
    this.kept = this.content();
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  get waiting() {
    return this.kept !== null && this.content() !== this.kept;
  }

  async save() {
    if (this.busy || this.halted || !this.waiting) return;
    this.busy = true;
    const content = this.content();
    this.said(this.desk.words.saving);
    try {
      await this.send(content);
    } catch {
      this.said(this.desk.words.unsaved, true);
      this.timer = setTimeout(() => this.save(), AGAIN);
    } finally {
      this.busy = false;
    }
    if (this.kept === content && this.waiting) this.changed();
  }

  async send(content) {
    const response = await this.desk.ask(this.desk.urls.file, "PUT", { content, number: this.number });
    const answer = await response.json().catch(() => ({}));
    if (response.status === 409) {
      const newer = await this.newest();
      this.halted = true;
      this.conflict(newer);
    } else if (response.status === 422 || response.status === 403 || response.status === 404) {
      this.kept = content;
      this.said(`${this.desk.words.refused} ${answer.detail ?? answer.title ?? ""}`, true);
    } else if (!response.ok) throw new Error(String(response.status));
    else {
      [this.number, this.kept] = [answer.number, content];
      this.said(this.desk.words.saved.replace("{}", this.desk.clock(new Date())));
      this.after();
    }
  }

  // The other's save is kept; this one comes over it, or goes.
  over(number) {
    this.number = number;
    this.halted = false;
    return this.save();
  }
}

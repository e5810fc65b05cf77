// Keeps what is drawn: a few seconds after the last edit, when the page loses the focus, and before it goes. What the server could not
// take stays in this browser's tab until it can, also over a reload. Diagrams are about procedures; nothing of a case is in them.
import { Refused } from "./talk";

const AFTER = 3000;
const AGAIN = 10_000;

export class Saving {
  // `read` gives the drawing as XML; `tell` is told how it stands; `refused` is asked when somebody else was first.
  constructor({ talk, file, read, tell, conflict }) {
    Object.assign(this, { talk, file, read, tell, conflict, number: 0, dirty: false });
    this.place = `vr-studio:${talk.base}:${file}`;
  }

  opened({ content, number, saved_by: by, saved_at: at }) {
    Object.assign(this, { number, dirty: false, kept: content });
    this.tell({ state: "saved", by, at });
  }

  // What was not accepted before the page went, if it differs from what is there now.
  left() {
    const left = JSON.parse(sessionStorage.getItem(this.place) ?? "null");
    return left && left.content !== this.kept ? left : null;
  }

  forget() {
    sessionStorage.removeItem(this.place);
  }

  edited() {
    this.dirty = true;
    this.tell({ state: "unsaved" });
    this.later(AFTER);
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  async save(more = {}) {
    if (!this.dirty || this.stopped) return;
    if (this.saving) return this.saving.then(() => this.save(more));
    clearTimeout(this.timer);
    this.saving = this.send(more).finally(() => (this.saving = undefined));
    return this.saving;
  }

  async send(more) {
    const content = await this.read();
    this.dirty = false;
    try {
      const { number } = await this.talk.save(this.file, content, this.number, more);
      Object.assign(this, { number, kept: content });
      this.forget();
      if (!this.dirty) this.tell({ state: "saved", at: new Date().toISOString() });
    } catch (error) {
      this.dirty = true;
      this.keep(content);
      this.failed(error, content);
    }
  }

  failed(error, content) {
    if (error instanceof Refused && error.status === 409) {
      this.stopped = true;
      this.tell({ state: "conflict", text: error.message });
      this.conflict(error.message, content);
      return;
    }
    this.tell({ state: "failed", text: error.message });
    if (!(error instanceof Refused)) this.later(AGAIN);
  }

  keep(content) {
    try {
      sessionStorage.setItem(this.place, JSON.stringify({ content, number: this.number, at: new Date().toISOString() }));
    } catch {
      // A browser without room keeps nothing; the page then asks before it goes.
    }
  }

  // Go on after a choice between two drawings, over the save with this number.
  async settle(number) {
    Object.assign(this, { number, stopped: false, dirty: true });
    await this.save();
  }

  async leave() {
    if (!this.dirty) return;
    this.keep(await this.read());
    // A browser takes no more than this along when a page goes; what is larger waits in the tab.
    await this.save({ keepalive: (await this.read()).length < 60_000 });
  }
}

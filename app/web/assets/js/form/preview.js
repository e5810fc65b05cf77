// The form as users will meet it, made by the server from what is on the screen; answers may be tried.
export class Preview {
  constructor(place, desk, content) {
    Object.assign(this, { place, desk, content });
    place.addEventListener("submit", (event) => {
      event.preventDefault();
      const sent = new FormData(event.target, event.submitter);
      this.show(sent).then(() => place.querySelector(".summary, .notice")?.focus());
    });
  }

  // What was chosen and typed in the preview stays when the form changes.
  refresh() {
    const form = this.place.querySelector("form");
    return this.show(form ? new FormData(form) : new FormData());
  }

  async show(sent) {
    sent.set("inhoud", this.content());
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const headers = { "X-Requested-With": "voorbeeld", "X-CSRFToken": this.desk.csrf };
    try {
      const response = await fetch(this.desk.preview, { method: "POST", body: sent, headers, redirect: "error" });
      if (!response.ok && response.status !== 422) throw new Error(String(response.status));
      const text = await response.text();
      if (turn === this.turn) this.place.innerHTML = text;
    } catch {
      if (turn === this.turn) this.place.textContent = this.desk.words.preview_failed;
    }
  }
}

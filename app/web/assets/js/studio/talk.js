// Asks the server for JSON, and tells refusals apart: what it said, or that it could not be reached.

export class Refused extends Error {
  constructor(status, problem) {
    const fields = (problem.errors ?? []).map((one) => one.detail);
    super(fields.length ? fields.join(" ") : (problem.detail ?? "Dat lukte niet. Probeer het zo nog een keer."));
    Object.assign(this, { status, problem });
  }
}

export class Unreachable extends Error {}

export class Talk {
  constructor({ csrf, base }) {
    this.csrf = csrf;
    this.base = base;
  }

  file(name) {
    return this.ask("GET", `bestanden/${path(name)}`);
  }

  save(name, content, number, more = {}) {
    return this.ask("PUT", `bestanden/${path(name)}`, { content, number }, more);
  }

  saves(name) {
    return this.ask("GET", `bewaard/${path(name)}`);
  }

  saved(name, number) {
    return this.ask("GET", `bewaard/${path(name)}?nummer=${number}`);
  }

  findings(file, content) {
    return this.ask("POST", "bevindingen", { file, content });
  }

  known() {
    return this.ask("GET", "kennis");
  }

  async ask(method, where, body, more = {}) {
    const headers = { Accept: "application/json", "X-CSRFToken": this.csrf };
    if (body) headers["Content-Type"] = "application/json";
    const asked = { method, headers, redirect: "manual", ...more, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${this.base}/${where}`, asked).catch((error) => {
      throw new Unreachable("Er is geen verbinding.", { cause: error });
    });
    if (response.type === "opaqueredirect") throw new Unreachable("Je bent uitgelogd. Log in een ander tabblad in, dan gaat het hier verder.");
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refused(response.status, answer);
    return answer;
  }
}

const path = (name) => name.split("/").map(encodeURIComponent).join("/");

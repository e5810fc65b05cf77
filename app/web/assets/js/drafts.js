// Keeps what is typed in a task on a fixed beat: the moments of saving then tell nothing about how somebody types.
const BEAT = 15_000;

export function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-draft]")) keep(form);
}

function keep(form) {
  const status = form.querySelector("[data-saved]");
  let kept = written(form);
  const beat = setInterval(save, BEAT);
  form.addEventListener("submit", () => clearInterval(beat));

  async function save() {
    const now = written(form);
    if (now === kept) return;
    try {
      const response = await fetch(form.dataset.draft, {
        method: "POST",
        body: new URLSearchParams(now),
        headers: { "X-Requested-With": "autosave" },
        redirect: "error", // after half an hour the answer is the page for signing in
      });
      if (!response.ok) throw new Error(String(response.status));
      kept = now;
      status.textContent = status.dataset.saved.replace("{}", clock());
    } catch {
      status.textContent = status.dataset.failed;
    }
  }
}

function written(form) {
  return new URLSearchParams(new FormData(form)).toString();
}

function clock() {
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", timeZone: "Europe/Amsterdam" });
  const text = time.format(new Date());
  return document.documentElement.lang === "nl" ? text.replace(":", ".") : text;
}

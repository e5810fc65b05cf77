// While a check runs, [data-check-busy="/…/controle"] asks its page now and then how far it is, and loads it anew when it is done.
const EVERY = 3000; // milliseconds
const STATE = ".checked";

const busy = document.querySelector("[data-check-busy]");

async function look() {
  const response = await fetch(busy.dataset.checkBusy, { headers: { Accept: "text/html" } });
  // Whoever was signed out meanwhile sees that at his next click.
  if (!response.ok || response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!page.querySelector("[data-check-busy]")) {
    location.reload();
    return;
  }
  const [now, then] = [busy.querySelector(STATE), page.querySelector(STATE)];
  if (now.textContent !== then.textContent) now.replaceChildren(...then.children);
  setTimeout(look, EVERY);
}

if (busy) setTimeout(look, EVERY);

// A part of a page that shows how far something is: [data-refresh] holds the seconds between two looks.
// Without JavaScript its link does the same.
export function refreshItself() {
  const part = document.querySelector("[data-refresh]");
  if (part) setTimeout(() => look(part), Number(part.dataset.refresh) * 1000);
}

async function look(part) {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
    if (!answer.ok || !fresh) return;
    // Whoever is about to press something there keeps it under his finger.
    if (part.contains(document.activeElement) && fresh.hasAttribute("data-refresh")) {
      part.querySelector("[role=status]").textContent = fresh.querySelector("[role=status]").textContent;
      part.querySelector("progress").value = fresh.querySelector("progress").value;
    } else part.replaceWith(fresh);
  } catch {
    // No connection now; the next look may have one.
  }
  refreshItself();
}

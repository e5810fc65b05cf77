// What every page gets. Pages work without it.
import { keepDrafts } from "./js/drafts.js";

keepDrafts();

// What is wrong comes first, also for whoever cannot see the page.
document.querySelector(".summary")?.focus();

// A page that is made for paper says how to print it where a script can.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

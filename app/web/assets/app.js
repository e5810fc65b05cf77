// What every page gets. Pages work without it.
import { keepDrafts } from "./js/drafts.js";
import { listenToKeys } from "./js/keys.js";
import { refreshItself } from "./js/refresh.js";

keepDrafts();
listenToKeys();
refreshItself();

// What is wrong comes first, also for whoever cannot see the page.
document.querySelector(".summary")?.focus();

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

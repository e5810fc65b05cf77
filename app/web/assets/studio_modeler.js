// The drawing of a draft: [data-studio-modeler] of templates/studio/draw.html, whose buttons are [data-do].
import { Desk } from "./js/studio/desk";

for (const panel of document.querySelectorAll("[data-studio-modeler]")) {
  const desk = new Desk(panel);
  desk.open().then(
    () => {
      panel.dataset.state = "ready";
      performance.measure("studio.ready", { start: 0, end: performance.now() });
    },
    (error) => desk.failed(error),
  );
}

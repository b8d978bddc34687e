// The report's slider: each run shows its newest samples at or before the chosen step.
"use strict";

/** Index of the last of ascending steps that is at most `step`; -1 if none is. */
function newestBy(steps, step) {
  let found = -1;
  steps.forEach((own, index) => {
    if (own <= step) found = index;
  });
  return found;
}

function start() {
  const slider = document.getElementById("step");
  if (!slider) return;
  const steps = JSON.parse(slider.dataset.steps);
  const shown = document.getElementById("shown-step");
  const play = document.getElementById("play");
  let timer = null;

  function show() {
    const step = steps[Number(slider.value)];
    const text = step.toLocaleString("en");
    shown.textContent = text;
    slider.setAttribute("aria-valuetext", `step ${text}`);
    for (const figure of document.querySelectorAll(".frames")) {
      const frames = [...figure.querySelectorAll("img")];
      const chosen = newestBy(frames.map((frame) => Number(frame.dataset.step)), step);
      frames.forEach((frame, index) => { frame.hidden = index !== chosen; });
    }
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    play.textContent = "Play";
  }

  slider.addEventListener("input", () => { stop(); show(); });
  play.addEventListener("click", () => {
    if (timer !== null) return stop();
    play.textContent = "Stop";
    if (slider.value === slider.max) slider.value = "0";
    show();
    timer = setInterval(() => {
      if (slider.value === slider.max) return stop();
      slider.value = String(Number(slider.value) + 1);
      show();
    }, 250);
  });
  show();
}

if (typeof document === "undefined") module.exports = { newestBy };
else start();

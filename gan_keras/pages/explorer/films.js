// Samples that are clips, which play; samples.js says what a look is.
"use strict";

const GAP = 2;  // pixels between frames of a strip
const [numFrames, ...ofFrame] = last(data.chains[0]).shape;
let at = 0, clock = null;  // the frame that is seen, and what moves it

/** One frame of a clip. */
function frameOf(clip, place) {
  const length = clip.length / numFrames;
  return clip.subarray(place * length, (place + 1) * length);
}

/** The frame that is seen, of all clips. */
function drawFrames() {
  const all = canvases();
  shown.grid.forEach((clip, place) => paint(all[place], frameOf(clip, at), ofFrame));
  if (shown.view) paint(byId("view"), frameOf(shown.view, at), ofFrame);
  byId("frame").value = at + 1;
}

function play(goes) {
  clearInterval(clock);
  clock = goes ? setInterval(() => { at = (at + 1) % numFrames; drawFrames(); }, 1000 / data.rate) : null;
  byId("play").textContent = goes ? "Pause" : "Play";
}

/** Strips below each other: a row a clip, as `gan-keras sample` draws them. */
function drawStrips(canvas, clips) {
  const [height, width, channels] = ofFrame, context = canvas.getContext("2d");
  canvas.width = data.strip.length * (width + GAP) - GAP;
  canvas.height = clips.length * (height + GAP) - GAP;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  clips.forEach((clip, row) => data.strip.forEach((place, column) => {
    const pixels = new ImageData(bytes(frameOf(clip, place), channels), width, height);
    context.putImageData(pixels, column * (width + GAP), row * (height + GAP));
  }));
  return canvas;
}

const look = {
  small: (canvas, clip) => paint(canvas, frameOf(clip, at), ofFrame),
  large(clip) {
    paint(byId("view"), frameOf(clip, at), ofFrame);
    drawStrips(byId("strip"), [clip]);
  },
  begin() {
    byId("play").addEventListener("click", () => play(clock === null));
    byId("frame").addEventListener("input", (event) => {
      play(false);
      at = Number(event.target.value) - 1;
      drawFrames();
    });
    const taken = ({ key }) => { if (!key || /^(Arrow|End|Home|Page)/.test(key)) play(false); };
    byId("frame").addEventListener("keydown", taken);  // also where the slider stays where it is
    byId("frame").addEventListener("pointerdown", taken);
    byId("save").addEventListener("click", () => save(byId("strip"), "clip.png"));
    byId("save-all").addEventListener("click", () => {
      save(drawStrips(document.createElement("canvas"), shown.grid), "clips.png");
    });
    play(!matchMedia("(prefers-reduced-motion: reduce)").matches);
  },
};

// Samples that are sounds: their spectrograms, and what one hears; samples.js says what a look is.
"use strict";

const heard = new WeakMap();  // of samples: what they sound like

/** The wave of a sample, float32 in [-1, 1]. */
function waveOf(sample) {
  if (!heard.has(sample)) {
    const isWave = sound.form === "waves";
    heard.set(sample, isWave ? sample.map((x) => Math.max(-1, Math.min(1, x))) : decoded(sample, sound));
  }
  return heard.get(sample);
}

function drawSpectrogram(canvas, sample) {
  if (sound.form === "waves") paint(canvas, ...spectrogram(waveOf(sample), sound));
  else paint(canvas, sample, shape);
}

/** Waves one after the other, with pauses. */
function inOne(waves) {
  const step = waves[0].length + sound.pause, found = new Float32Array(waves.length * step);
  waves.forEach((wave, i) => found.set(wave, i * step));
  return found;
}

const look = {
  small: drawSpectrogram,
  large: (sample) => drawSpectrogram(byId("view"), sample),
  rested: () => drawWave(byId("wave"), waveOf(shown.view), "Wave of the chosen sound"),
  chosen(place) {
    if (shown.grid[place]) play(waveOf(shown.grid[place]));
  },
  begin() {
    byId("play").addEventListener("click", () => play(waveOf(shown.view)));
    byId("save").addEventListener("click", () => saveWave(waveOf(shown.view), "sound.wav"));
    byId("save-all").addEventListener("click", () => saveWave(inOne(shown.grid.map(waveOf)), "sounds.wav"));
    byId("save-picture").addEventListener("click", () => save(byId("view"), "sound.png"));
  },
};

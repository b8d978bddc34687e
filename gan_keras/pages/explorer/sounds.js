// Samples that are sounds: their spectrograms, and what one hears; samples.js says what a look is.
"use strict";

const sound = data.sound;
const heard = new WeakMap();  // of samples: what they sound like
let speaker = null, playing = null;

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

/** The smallest and largest number of a wave in each column of a canvas. */
function drawWave(canvas, wave) {
  Object.assign(canvas, { width: 704, height: 128 });
  canvas.setAttribute("aria-label", `Wave of the chosen sound, ${(wave.length / sound.rate).toFixed(2)} seconds`);
  const context = canvas.getContext("2d"), { width, height } = canvas, middle = height / 2;
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--accent");
  for (let x = 0; x < width; x++) {
    const start = Math.floor(x * wave.length / width), end = Math.max(start + 1, (x + 1) * wave.length / width);
    const part = wave.subarray(start, end), low = Math.min(...part), high = Math.max(...part);
    context.fillRect(x, middle - high * middle, 1, Math.max(2, (high - low) * middle));
  }
}

function play(wave) {
  try {
    speaker ??= new AudioContext();
    speaker.resume();
    playing?.stop();
    const buffer = speaker.createBuffer(1, wave.length, sound.rate);
    buffer.copyToChannel(wave, 0);
    playing = speaker.createBufferSource();
    playing.buffer = buffer;
    playing.connect(speaker.destination);
    playing.start();
  } catch (error) {
    byId("status").textContent = `This browser can't play it: ${error.message} Save it as WAV.`;
  }
}

/** Waves one after the other, with pauses. */
function inOne(waves) {
  const step = waves[0].length + sound.pause, found = new Float32Array(waves.length * step);
  waves.forEach((wave, i) => found.set(wave, i * step));
  return found;
}

function saveWave(wave, name) {
  saveBeside(wavFile(wave, sound.rate), name, "audio/wav");
}

const look = {
  small: drawSpectrogram,
  large: (sample) => drawSpectrogram(byId("view"), sample),
  rested: () => drawWave(byId("wave"), waveOf(shown.view)),
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

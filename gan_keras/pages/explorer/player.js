// A wave to look at, to hear and to save.
"use strict";

const sound = data.sound;
let speaker = null, playing = null;

/** The smallest and largest number of a wave in each column of a canvas. */
function drawWave(canvas, wave, called) {
  Object.assign(canvas, { width: 704, height: 128 });
  canvas.setAttribute("aria-label", `${called}, ${(wave.length / sound.rate).toFixed(2)} seconds`);
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

function saveWave(wave, name) {
  saveBeside(wavFile(wave, sound.rate), name, "audio/wav");
}

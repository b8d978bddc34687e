// A vocoder: a sound's mel spectrogram, and what the network makes of it, some frames at a time.
"use strict";

const LONGEST = 20;  // seconds of a file that are taken

/** Logarithms of mel bands (frames, bands) of a wave; see `audio.MelScale`. */
function logMel(wave, { size, hop, filters, quietest, tiny }) {
  const frames = Math.ceil(wave.length / hop), bins = size / 2 + 1, filled = new Float64Array(frames * hop);
  filled.set(wave);
  const { re, im } = pieces(size, hop).stft(filled), found = new Float32Array(frames * filters.length);
  for (let frame = 0; frame < frames; frame++) {
    filters.forEach(([first, weights], band) => {
      let sum = 0;
      weights.forEach((weight, i) => {
        const at = frame * bins + first + i;
        sum += weight * Math.sqrt(re[at] ** 2 + im[at] ** 2 + tiny);
      });
      found[frame * filters.length + band] = Math.log(Math.max(sum, quietest));
    });
  }
  return found;
}

/** Where a network that takes `length` frames begins, and which frames it is believed for.
 *
 * What is nearer than `reach` to an end of its own is made anew from its neighbour; the ends of the
 * whole are where it would see an end, too.
 */
function parts(frames, length, reach) {
  const found = [], step = Math.max(1, length - 2 * reach);
  for (let start = 0; ; start += step) {
    const isLast = start + length >= frames, at = isLast ? Math.max(0, frames - length) : start;
    found.push({ at, from: at ? at + reach : 0, to: isLast ? frames : at + length - reach });
    if (isLast) return found;
  }
}

/** A tone that rises and fades, for pages that have been given nothing yet. */
function whoop(rate) {
  let phase = 0;
  return Float32Array.from({ length: Math.round(0.6 * rate) }, (_, i) => {
    const time = i / rate;
    phase += 2 * Math.PI * (200 + 1200 * time) / rate;
    return 0.5 * Math.min(1, 40 * time) * Math.exp(-3 * time) * (Math.sin(phase) + 0.4 * Math.sin(2 * phase));
  });
}

/** Spectrograms as pictures: low bands at the bottom. */
function drawMel(canvas, values, { quietest, loudest, filters }) {
  const bands = filters.length, frames = values.length / bands, low = Math.log(quietest);
  const picture = Float32Array.from(values, (_, i) => {
    const band = bands - 1 - Math.floor(i / frames), value = values[(i % frames) * bands + band];
    return 2 * Math.max(0, Math.min(1, (value - low) / (loudest - low))) - 1;
  });
  paint(canvas, picture, [bands, frames, 1]);
}

function vocode() {
  const { name, shape: [length, bands] } = data.chains[0][0].inputs[0], { hop, quietest } = data.mel;
  let given = whoop(sound.rate), made = null;

  function draw(which, wave, bandsOf) {
    drawMel(byId(`${which}-mel`), bandsOf, data.mel);
    drawWave(byId(`${which}-wave`), wave, which === "given" ? "Wave that was given" : "Wave that was made");
  }
  function render() {
    const wanted = logMel(given, data.mel), frames = wanted.length / bands;
    const todo = parts(frames, length, data.reach), found = new Float32Array(Math.max(frames, length) * hop);
    draw("given", given, wanted);
    for (const id of ["play-made", "save"]) byId(id).disabled = true;
    inTurns(() => {
      const { at, from, to } = todo.shift();
      const part = new Float32Array(length * bands).fill(Math.log(quietest));  // a short one ends in silence
      part.set(wanted.subarray(at * bands, (at + length) * bands));
      const wave = chains[0][0]({ [name]: part });
      found.set(wave.subarray((from - at) * hop, (to - at) * hop), from * hop);
      return todo.length > 0;
    }, (ms) => {
      made = found.slice(0, given.length).map((x) => Math.max(-1, Math.min(1, x)));
      const own = logMel(made, data.mel);
      draw("made", made, own);
      const far = own.reduce((sum, x, i) => sum + Math.abs(x - wanted[i]), 0) / own.length;
      byId("caption").textContent = `${(given.length / sound.rate).toFixed(2)} seconds. The two mel `
        + `spectrograms differ by ${far.toFixed(3)} on average (natural logarithms).`;
      for (const id of ["play-made", "save"]) byId(id).disabled = false;
      told("", ms);
    });
  }
  async function open(file) {
    if (!file) return;
    try {  // brought to the network's rate as it is read
      const read = new OfflineAudioContext(1, 1, sound.rate);
      const buffer = await read.decodeAudioData(await file.arrayBuffer());
      const channels = Array.from({ length: buffer.numberOfChannels }, (_, i) => buffer.getChannelData(i));
      given = channels[0].slice(0, LONGEST * sound.rate)
        .map((_, i) => channels.reduce((sum, channel) => sum + channel[i], 0) / channels.length);
    } catch {
      byId("status").textContent = `'${file.name}' is no sound that this browser reads.`;
      return;
    }
    render();
  }
  byId("file").addEventListener("change", (event) => open(event.target.files[0]));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => { event.preventDefault(); open(event.dataTransfer.files[0]); });
  byId("play-given").addEventListener("click", () => play(given));
  byId("play-made").addEventListener("click", () => play(made));
  byId("save").addEventListener("click", () => saveWave(made, "made.wav"));
  render();
}

begin(vocode);

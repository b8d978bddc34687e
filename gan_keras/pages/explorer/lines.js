// Sequences of symbols, and how often each symbol stands at each place.
"use strict";

const NUM_SHOWN = 24, NUM_COUNTED = 200;  // sequences
const NUM_LOOKS = 6;  // colours, which symbols have in turn
const state = { seed: 0, label: -1 };
const [length, symbols] = last(data.chains[0]).shape;
let sequences = [];

function labelOf(number) {
  return state.label < 0 ? number % Math.max(1, data.classes.length) : state.label;
}

/** The places in the vocabulary of the sequence with a number; they end where padding is. */
function sequenceOf(number) {
  const latents = drawn(state.seed * NUM_COUNTED + number, data.latentDim, data.prior, data.prior === "uniform" ? 1 : Infinity);
  const shares = chains[0][0]({ latents, labels: [labelOf(number)] });
  const found = Array.from({ length }, (_, place) => {
    const own = shares.subarray(place * symbols, (place + 1) * symbols);
    return own.indexOf(own.reduce((x, y) => (x > y ? x : y)));
  });
  const end = data.pad === null ? -1 : found.indexOf(data.vocabulary.indexOf(data.pad));
  return end < 0 ? found : found.slice(0, end);
}

const text = (sequence) => sequence.map((symbol) => data.vocabulary[symbol]).join(data.between);

function list() {
  byId("lines").replaceChildren(...sequences.slice(0, NUM_SHOWN).map((sequence, number) => {
    const parts = sequence.flatMap((symbol) => [
      made("span", { className: `look-${symbol % NUM_LOOKS}` }, data.vocabulary[symbol]), data.between,
    ]);
    const line = made("div", {}, made("code", {}, ...parts));
    if (data.classes.length) line.append(` ${data.classes[labelOf(number)]}`);
    line.setAttribute("role", "listitem");
    return line;
  }));
}

/** Columns of symbols, the most frequent on top, each as tall as it is frequent. */
function picture() {
  const canvas = byId("shares"), wide = 22, tall = 160, foot = 18;
  canvas.width = length * wide;
  canvas.height = tall + foot;
  canvas.style.minWidth = `${length * 10}px`;  // the page's width, if letters stay legible
  const context = canvas.getContext("2d"), look = getComputedStyle(document.documentElement);
  context.textAlign = "center";
  context.fillStyle = look.getPropertyValue("--paper");
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (let place = 0; place < length; place++) {
    const counts = new Array(symbols).fill(0);
    for (const sequence of sequences) if (place < sequence.length) counts[sequence[place]] += 1;
    const order = counts.map((count, symbol) => [count / sequences.length, symbol]).sort((x, y) => x[0] - y[0]);
    let floor = tall;
    for (const [part, symbol] of order) {
      const height = part * tall;
      if (height < 1) continue;
      context.fillStyle = look.getPropertyValue(`--line-${symbol % NUM_LOOKS}`);
      context.save();  // letters of capital height 0.72, drawn to fill what they have
      context.translate((place + 0.5) * wide, floor);
      context.scale(1, height / (wide * 0.95 * 0.72));
      context.font = `bold ${wide * 0.95}px ui-monospace, monospace`;
      context.fillText(data.vocabulary[symbol], 0, 0, wide);
      context.restore();
      floor -= height;
    }
    context.fillStyle = look.getPropertyValue("--faint");
    context.font = "11px system-ui, sans-serif";
    if (place % 5 === 4) context.fillText(place + 1, (place + 0.5) * wide, tall + 14);
  }
  const of = state.label < 0 || !data.classes.length ? "" : ` of class ${data.classes[state.label]}`;
  byId("caption").textContent = `${sequences.length} sequences${of}; a letter is as tall as it is frequent at its place.`;
  canvas.setAttribute("aria-label", byId("caption").textContent);
}

function show() {
  sequences = [];
  byId("status").textContent = "Drawing sequences.";
  inTurns(() => {
    sequences.push(sequenceOf(sequences.length));
    if (sequences.length <= NUM_SHOWN) list();
    return sequences.length < NUM_COUNTED;
  }, (ms) => {
    picture();
    told(`${sequences.length} sequences. `, ms);
  });
}

function changed() {
  keep(`#seed=${state.seed}&class=${state.label}`);
  show();
}

/** The view of an address; what it does not say, or says wrongly, stays. */
function read(hash) {
  const given = new URLSearchParams(hash.slice(1));
  state.seed = whole(given.get("seed"), 0, 1e8) ?? state.seed;
  state.label = whole(given.get("class"), -1, data.classes.length - 1) ?? state.label;
  if (byId("class")) byId("class").value = state.label;
}

function fasta() {
  return sequences.map((sequence, number) => {
    const of = data.classes.length ? ` class=${data.classes[labelOf(number)]}` : "";
    return `>sample_${number}${of}\n${text(sequence)}\n`;
  }).join("");
}

/** What is saved: FASTA of sequences of one length, and plain lines of those that end. */
function file() {
  if (data.pad === null) return [fasta(), "fasta"];
  return [sequences.map((sequence) => `${text(sequence)}\n`).join(""), "txt"];
}

function explore() {
  byId("class")?.addEventListener("input", (event) => { state.label = Number(event.target.value); changed(); });
  byId("fresh").addEventListener("click", () => { state.seed += 1; changed(); });
  byId("save").addEventListener("click", () => {
    const [content, suffix] = file();
    saveBeside(content, `${data.title}-generated.${suffix}`, "text/plain");
  });
  byId("save-picture").addEventListener("click", () => save(byId("shares"), "symbols.png"));
  addEventListener("hashchange", () => { read(location.hash); show(); });
  read(location.hash);
  changed();
}

begin(explore);

// What all explorers share: random numbers, networks that run, views in the address, files to save.
"use strict";

/** A generator of uniform numbers in [0, 1) (mulberry32, in the public domain). */
function random(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The prior's numbers, none of which is larger than `most`; each has a stream of its own. */
function drawn(seed, length, prior, most) {
  return Array.from({ length }, (_, place) => {
    const next = random(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(place + 1, 0x85ebca6b));
    next();
    for (;;) {
      if (prior === "uniform") return (2 * next() - 1) * most;
      const value = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      if (Math.abs(value) <= most) return value;
    }
  });
}

/** Bytes RGBA of a sample in [-1, 1] with 1, 3 or 4 channels. */
function bytes(sample, channels) {
  const found = new Uint8ClampedArray(sample.length / channels * 4).fill(255);
  for (let i = 0; i < found.length / 4; i++) {
    for (let c = 0; c < Math.max(3, channels); c++) {
      found[4 * i + c] = Math.round((sample[i * channels + (channels === 1 ? 0 : c)] + 1) * 127.5);
    }
  }
  return found;
}

function paint(canvas, sample, [height, width, channels]) {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d", { willReadFrequently: true })
    .putImageData(new ImageData(bytes(sample, channels), width, height), 0, 0);
}

/** Gives a reader a file. */
function download(content, name, type) {
  const link = document.createElement("a"), address = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.href = address;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** Saves a canvas as a PNG that says what made it. */
function save(canvas, name) {
  const png = bytesOf(canvas.toDataURL("image/png").split(",")[1]);
  download(data.mark ? marked(png, data.mark) : png, name, "image/png");
}

/** Saves a file, and beside it, as the command does, the packet that says what made it. */
function saveBeside(content, name, type) {
  download(content, name, type);
  if (data.mark) download(data.mark[PACKET], `${name}.xmp`, "application/rdf+xml");
}

/** The text of a CSV file (RFC 4180) of lines of cells. */
function csv(lines) {
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return lines.map((line) => `${line.map(String).map(cell).join(",")}\r\n`).join("");
}

const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const wasm = wasmProduct();
const chains = [];  // of networks that run; made from data.chains when the page begins
const last = (list) => list[list.length - 1];

/** An element with attributes and content. */
function made(name, attributes, ...content) {
  const element = document.createElement(name);
  Object.assign(element, attributes);
  element.append(...content);
  return element;
}

/** What a page says when it has drawn everything. */
function told(what, ms) {
  const way = wasm ? "WebAssembly" : "plain JavaScript, for this browser has no WebAssembly here";
  byId("status").textContent = `${what}${Math.round(ms)} ms, by ${way}.`;
}

/** A whole number of an address, or null. */
function whole(text, low, high) {
  return /^-?\d{1,9}$/.test(text ?? "") && text >= low && text <= high ? Number(text) : null;
}

/** Puts the view into the address, so that a link restores it. */
function keep(hash) {
  history.replaceState(null, "", hash);
  byId("link").href = hash;
}

/** Calls `step` until it gives false, 30 ms at a time, so that the page stays awake. */
let pending = null;
function inTurns(step, then) {
  cancelAnimationFrame(pending);
  const start = performance.now();
  (function some() {
    const until = performance.now() + 30;
    let goes = true;
    while (goes && performance.now() < until) goes = step();
    if (goes) pending = requestAnimationFrame(some);
    else then(performance.now() - start);
  })();
}

/** Makes the networks, and then calls what explores them. */
async function begin(explore) {
  if (typeof DecompressionStream === "undefined") {
    byId("status").textContent = "This browser is too old for this page: it has no DecompressionStream. "
      + "Open it in Firefox 113, Chromium 103, Safari 16.4 or newer ones.";
    return;
  }
  for (const chain of data.chains) {
    chains.push(await Promise.all(chain.map((network) => runnable(network, wasm || plainProduct))));
  }
  explore();
}

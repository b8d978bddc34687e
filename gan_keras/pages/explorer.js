// The explorer: a generator that runs in the page, moved by sliders; or a translator with a canvas.
"use strict";

const NUM = 12;  // samples of the grid
const PLACES = 100;  // of a slider from its middle to its end
const FAR = 4;  // how far a slider's end moves latents, in units of a direction

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

/** A point between two: on the great circle (White, 2016), or on the straight line. */
function mixed(start, end, share, prior) {
  const along = (first, second) => start.map((x, i) => first * x + second * end[i]);
  if (prior === "uniform") return along(1 - share, share);
  const length = (point) => Math.hypot(...point);
  const cosine = start.reduce((sum, x, i) => sum + x * end[i], 0) / (length(start) * length(end));
  const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
  if (angle < 1e-4) return along(1 - share, share);
  return along(Math.sin((1 - share) * angle) / Math.sin(angle), Math.sin(share * angle) / Math.sin(angle));
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

/** Numbers in [-1, 1] of bytes RGBA laid on white, as a network with that many channels takes them. */
function numbers(pixels, channels) {
  const found = new Float32Array(pixels.length / 4 * channels);
  for (let i = 0; i < pixels.length / 4; i++) {
    const alpha = pixels[4 * i + 3] / 255;
    const rgb = [0, 1, 2].map((c) => pixels[4 * i + c] * alpha + 255 * (1 - alpha));
    const grey = Math.round(0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]);
    const values = channels === 1 ? [grey] : rgb;
    values.forEach((value, c) => { found[i * channels + c] = value / 127.5 - 1; });
  }
  return found;
}

function paint(canvas, sample, [height, width, channels]) {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d", { willReadFrequently: true })
    .putImageData(new ImageData(bytes(sample, channels), width, height), 0, 0);
}

function save(canvas, name) {
  const link = document.createElement("a");
  link.download = name;
  link.href = canvas.toDataURL("image/png");
  link.click();
}

const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const wasm = wasmProduct();
const chains = [];  // of networks that run; made from data.chains when the page begins
const state = { seed: 0, label: -1, truncation: PLACES, mix: 0, moves: [], chosen: [0] };
let walking = null;

const last = (list) => list[list.length - 1];
const shape = last(data.chains[0]).shape;

/** Latents of a sample: those of its seed, or on the way to the next while it walks. */
function latentsOf(place) {
  const normal = data.prior !== "uniform";
  const most = data.mode === "styles" || (normal && state.truncation >= PLACES) ? (normal ? Infinity : 1)
    : normal ? Math.max(0.2, 3 * state.truncation / PLACES) : state.truncation / PLACES;
  const own = (seed) => drawn(seed * NUM + place, data.latentDim, data.prior, most);
  if (walking === null) return own(state.seed);
  const whole = Math.floor(walking);
  return mixed(own(state.seed + whole), own(state.seed + whole + 1), walking - whole, data.prior);
}

function labelOf(place) {
  return state.label < 0 ? place % data.classes.length : state.label;
}

/** A sample of latents, moved as the sliders say. */
function sampled(latents, label) {
  const move = (array) => {
    const found = Float32Array.from(array);
    state.moves.forEach((far, number) => {
      const direction = data.directions[number], by = far / PLACES * FAR;
      if (by) for (let i = 0; i < found.length; i++) found[i] += by * direction[i % direction.length];
    });
    return found;
  };
  const given = { latents, labels: [label] };
  if (data.mode !== "styles") return chains[0][0]({ ...given, latents: move(latents) });
  const psi = state.truncation / PLACES, average = data.average;
  const w = chains[0][0](given).map((x, i) => {
    const middle = average[i % average.length];
    return middle + psi * (x - middle);
  });
  const input = data.chains[0][1].inputs[0].name;
  return chains[0][1]({ [input]: move(w) });
}

/** What the large view shows: a chosen sample, or one between two. */
function viewed() {
  const [first, second] = state.chosen;
  if (second === undefined) return [latentsOf(first), labelOf(first)];
  const share = state.mix / PLACES;
  const latents = mixed(latentsOf(first), latentsOf(second), share, data.prior);
  return [latents, labelOf(share < 0.5 ? first : second)];
}

let pending = null;

/** Draws everything anew, a few samples at a time, so that the page stays awake. */
function show() {
  cancelAnimationFrame(pending);
  const canvases = [...byId("grid").querySelectorAll("canvas")];
  canvases.forEach((canvas, place) => {
    const chosen = state.chosen.includes(place);
    canvas.parentElement.setAttribute("aria-pressed", String(chosen));
    const of = data.conditional ? `, ${data.classes[labelOf(place)]}` : "";
    canvas.parentElement.setAttribute("aria-label", `Sample ${place + 1}${of}`);
  });
  paint(byId("view"), sampled(...viewed()), shape);
  const names = state.chosen.map((place) => place + 1);
  byId("caption").textContent = names.length > 1
    ? `From sample ${names[0]} to sample ${names[1]}: ${state.mix} of 100` : `Sample ${names[0]}`;
  byId("mix").disabled = names.length < 2;
  const start = performance.now();
  let place = 0;
  (function some() {
    const until = performance.now() + 30;
    while (place < canvases.length && performance.now() < until) {
      paint(canvases[place], sampled(latentsOf(place), labelOf(place)), shape);
      place += 1;
    }
    if (place < canvases.length) pending = requestAnimationFrame(some);
    else finished(performance.now() - start);
  })();
}

function finished(ms) {
  const way = wasm ? "WebAssembly" : "plain JavaScript, for this browser has no WebAssembly here";
  byId("status").textContent = walking === null ? `${Math.round(ms)} ms, by ${way}.` : "Walking.";
  if (walking !== null) {
    walking += 0.03;
    pending = requestAnimationFrame(show);
  }
}

/** The view as the part of an address after #. */
function written() {
  const { seed, label, truncation, mix, moves, chosen } = state;
  return `#seed=${seed}&class=${label}&truncation=${truncation}&mix=${mix}`
    + `&moves=${moves.join(",")}&chosen=${chosen.join(",")}`;
}

/** The view of an address; what it does not say, or says wrongly, stays. */
function read(hash) {
  const given = new URLSearchParams(hash.slice(1));
  const whole = (text, low, high) => (/^-?\d{1,9}$/.test(text) && text >= low && text <= high ? Number(text) : null);
  const take = (name, low, high, key = name) => {
    const value = whole(given.get(name) ?? "", low, high);
    if (value !== null) state[key] = value;
  };
  take("seed", 0, 1e8);
  take("class", -1, data.classes.length - 1, "label");
  take("truncation", 1, PLACES);
  take("mix", 0, PLACES);
  (given.get("moves") ?? "").split(",").forEach((text, number) => {
    const value = whole(text, -PLACES, PLACES);
    if (value !== null && number < state.moves.length) state.moves[number] = value;
  });
  const chosen = (given.get("chosen") ?? "").split(",").map((text) => whole(text, 0, NUM - 1));
  const places = [...new Set(chosen.filter((place) => place !== null))].slice(0, 2);
  if (places.length) state.chosen = places;
}

/** Sliders where the state has them. */
function put() {
  state.moves.forEach((value, number) => { byId(`move-${number}`).value = value; });
  byId("truncation").value = state.truncation;
  byId("mix").value = state.mix;
  if (byId("class")) byId("class").value = state.label;
}

function changed() {
  history.replaceState(null, "", written());
  byId("link").href = written();
  show();
}

function explore() {
  state.moves = data.directions.map(() => 0);
  data.directions.forEach((_, number) => {
    const label = document.createElement("label"), name = document.createElement("span");
    const slider = document.createElement("input");
    label.className = "slider";
    name.textContent = `Direction ${number + 1}`;
    Object.assign(slider, { type: "range", id: `move-${number}`, min: -PLACES, max: PLACES, value: 0 });
    slider.addEventListener("input", () => { state.moves[number] = Number(slider.value); changed(); });
    label.append(name, slider);
    byId("sliders").append(label);
  });
  for (let place = 0; place < NUM; place++) {
    const button = document.createElement("button"), canvas = document.createElement("canvas");
    button.type = "button";
    canvas.className = "pixels";
    button.append(canvas);
    button.addEventListener("click", () => {
      const rest = state.chosen.filter((other) => other !== place);
      const next = rest.length < state.chosen.length ? rest : [...rest.slice(-1), place];
      state.chosen = next.length ? next : [place];
      changed();
    });
    byId("grid").append(button);
  }
  for (const [id, key] of [["truncation", "truncation"], ["mix", "mix"], ["class", "label"]]) {
    byId(id)?.addEventListener("input", (event) => { state[key] = Number(event.target.value); changed(); });
  }
  const stop = () => {
    if (walking === null) return;
    state.seed += Math.round(walking);
    walking = null;
    byId("walk").textContent = "Random walk";
  };
  byId("fresh").addEventListener("click", () => { stop(); state.seed += 1; changed(); });
  byId("walk").addEventListener("click", () => {
    if (walking !== null) { stop(); changed(); return; }
    walking = 0;
    byId("walk").textContent = "Stop";
    show();
  });
  byId("reset").addEventListener("click", () => {
    stop();
    Object.assign(state, { truncation: PLACES, mix: 0, moves: state.moves.map(() => 0) });
    put();
    changed();
  });
  byId("save").addEventListener("click", () => save(byId("view"), "sample.png"));
  byId("save-grid").addEventListener("click", () => {
    const [height, width] = shape, sheet = document.createElement("canvas");
    sheet.width = 4 * width;
    sheet.height = 3 * height;
    [...byId("grid").querySelectorAll("canvas")].forEach((canvas, place) => {
      sheet.getContext("2d").drawImage(canvas, place % 4 * width, Math.floor(place / 4) * height);
    });
    save(sheet, "samples.png");
  });
  addEventListener("hashchange", () => { read(location.hash); put(); show(); });
  read(location.hash);
  put();
  changed();
}

function translate() {
  const canvas = byId("drawing"), { name, shape: [height, width, channels] } = data.chains[0][0].inputs[0];
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const pen = { x: width >> 1, y: height >> 1, down: false };
  let asked = null;
  function render() {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      const start = performance.now();
      const pixels = context.getImageData(0, 0, width, height).data;
      paint(byId("view"), chains[0][0]({ [name]: numbers(pixels, channels) }), shape);
      finished(performance.now() - start);
    });
  }
  function clear() {
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    render();
  }
  function line(x, y) {
    context.strokeStyle = byId("eraser").checked ? "#fff" : byId("colour").value;
    context.lineWidth = Number(byId("width").value);
    context.lineCap = "round";
    context.beginPath();
    context.moveTo(pen.x, pen.y);
    context.lineTo(x + 0.01, y);
    context.stroke();
    Object.assign(pen, { x, y });
    render();
  }
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * width / box.width, (event.clientY - box.top) * height / box.height];
  };
  canvas.addEventListener("pointerdown", (event) => {
    [pen.x, pen.y] = at(event);
    pen.down = true;
    canvas.setPointerCapture(event.pointerId);
    line(pen.x, pen.y);
  });
  canvas.addEventListener("pointermove", (event) => { if (pen.down) line(...at(event)); });
  canvas.addEventListener("pointerup", () => { pen.down = false; });
  let draws = false;
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === " ") {
      draws = !draws;
      if (draws) line(pen.x, pen.y);
    } else if (step) {
      const x = Math.max(0, Math.min(width, pen.x + step[0])), y = Math.max(0, Math.min(height, pen.y + step[1]));
      if (draws) line(x, y);
      else Object.assign(pen, { x, y });
    } else return;
    event.preventDefault();
    byId("caption").textContent = `Translation. Pen ${draws ? "down" : "up"} at ${Math.round(pen.x)}, ${Math.round(pen.y)}`;
  });
  function open(file) {
    if (!file) return;
    const reader = new FileReader(), picture = new Image();
    picture.onload = () => {
      context.fillStyle = "#fff";
      context.fillRect(0, 0, width, height);
      context.drawImage(picture, 0, 0, width, height);
      render();
    };
    picture.onerror = () => { byId("status").textContent = `'${file.name}' is no image that this browser reads.`; };
    reader.onload = () => { picture.src = reader.result; };
    reader.readAsDataURL(file);
  }
  byId("file").addEventListener("change", (event) => open(event.target.files[0]));
  canvas.addEventListener("dragover", (event) => event.preventDefault());
  canvas.addEventListener("drop", (event) => { event.preventDefault(); open(event.dataTransfer.files[0]); });
  byId("clear").addEventListener("click", clear);
  byId("save").addEventListener("click", () => save(byId("view"), "translation.png"));
  clear();
}

async function begin() {
  if (typeof DecompressionStream === "undefined") {
    byId("status").textContent = "This browser is too old for this page: it has no DecompressionStream. "
      + "Open it in Firefox 113, Chromium 103, Safari 16.4 or newer ones.";
    return;
  }
  for (const chain of data.chains) {
    chains.push(await Promise.all(chain.map((network) => runnable(network, wasm || plainProduct))));
  }
  if (data.mode === "translator") translate();
  else explore();
}

begin();

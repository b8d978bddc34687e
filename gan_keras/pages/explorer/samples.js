// Samples of a generator of latents, moved by sliders, walked between and truncated.
//
// The script before this one has the look of the kind, an object:
//   small(canvas, sample)   draws a sample of the grid
//   large(sample)           draws the chosen one, or one between two
//   begin()                 sets up what the view has of its own
//   chosen(place)           if there: a reader has chosen a sample
//   rested()                if there: all is drawn, and nobody walks
"use strict";

const NUM = 12;  // samples of the grid
const PLACES = 100;  // of a slider from its middle to its end
const FAR = 4;  // how far a slider's end moves latents, in units of a direction

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

const shape = last(data.chains[0]).shape;
const state = { seed: 0, label: -1, truncation: PLACES, mix: 0, moves: [], chosen: [0] };
const shown = { view: null, grid: [] };  // what the generator gave for what is drawn
let walking = null;
const canvases = () => [...byId("grid").querySelectorAll("canvas")];

/** Latents of a sample: those of its seed, or on the way to the next while it walks. */
function latentsOf(place) {
  const normal = data.prior !== "uniform";
  const most = data.styled || (normal && state.truncation >= PLACES) ? (normal ? Infinity : 1)
    : normal ? Math.max(0.2, 3 * state.truncation / PLACES) : state.truncation / PLACES;
  const own = (seed) => drawn(seed * NUM + place, data.latentDim, data.prior, most);
  if (walking === null) return own(state.seed);
  const done = Math.floor(walking);
  return mixed(own(state.seed + done), own(state.seed + done + 1), walking - done, data.prior);
}

/** The class of a sample; 0 where there are none. */
function labelOf(place) {
  return !data.classes.length ? 0 : state.label < 0 ? place % data.classes.length : state.label;
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
  if (!data.styled) return chains[0][0]({ ...given, latents: move(latents) });
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

/** Draws everything anew. */
function show() {
  cancelAnimationFrame(pending);
  const all = canvases();
  all.forEach((canvas, place) => {
    const chosen = state.chosen.includes(place);
    canvas.parentElement.setAttribute("aria-pressed", String(chosen));
    const of = data.classes.length ? `, ${data.classes[labelOf(place)]}` : "";
    canvas.parentElement.setAttribute("aria-label", `Sample ${place + 1}${of}`);
  });
  shown.view = sampled(...viewed());
  look.large(shown.view);
  const names = state.chosen.map((place) => place + 1);
  byId("caption").textContent = names.length > 1
    ? `From sample ${names[0]} to sample ${names[1]}: ${state.mix} of 100` : `Sample ${names[0]}`;
  byId("mix").disabled = names.length < 2;
  let place = 0;
  inTurns(() => {
    shown.grid[place] = sampled(latentsOf(place), labelOf(place));
    look.small(all[place], shown.grid[place]);
    place += 1;
    return place < all.length;
  }, finished);
}

function finished(ms) {
  if (walking === null) {
    told("", ms);
    look.rested?.();
    return;
  }
  byId("status").textContent = "Walking.";
  walking += 0.03;
  pending = requestAnimationFrame(show);
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
  const take = (name, low, high, key = name) => {
    const value = whole(given.get(name), low, high);
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
  keep(written());
  show();
}

function explore() {
  state.moves = data.directions.map(() => 0);
  data.directions.forEach((_, number) => {
    const slider = made("input", { type: "range", id: `move-${number}`, min: -PLACES, max: PLACES, value: 0 });
    slider.addEventListener("input", () => { state.moves[number] = Number(slider.value); changed(); });
    byId("sliders").append(
      made("label", { className: "slider" }, made("span", {}, `Direction ${number + 1}`), slider),
    );
  });
  for (let place = 0; place < NUM; place++) {
    const button = made("button", { type: "button" }, made("canvas", { className: "pixels" }));
    button.addEventListener("click", () => {
      const rest = state.chosen.filter((other) => other !== place);
      const next = rest.length < state.chosen.length ? rest : [...rest.slice(-1), place];
      state.chosen = next.length ? next : [place];
      changed();
      look.chosen?.(place);
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
  look.begin();
  addEventListener("hashchange", () => { read(location.hash); put(); show(); });
  read(location.hash);
  put();
  changed();
}

begin(explore);

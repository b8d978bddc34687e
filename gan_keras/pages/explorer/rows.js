// Rows of a table that meet wishes, and how often each value comes.
"use strict";

const NUM_SHOWN = 12, NUM_COUNTED = 500;  // rows
const MOST = 2000;  // rows that are drawn in search of those with a wish
const NUM_BARS = 10;  // of a column, and bins of its numbers
const state = { seed: 0, label: -1, columns: [], wishes: data.columns.map(() => -1) };
const starts = data.columns.map((_, i) => data.columns.slice(0, i).reduce((sum, { labels }) => sum + labels.length, 0));
const units = data.columns.reduce((sum, { labels }) => sum + labels.length, 0);
const numeric = data.columns.map((_, i) => i).filter((i) => data.frequencies && !(i in data.frequencies));
let rows = [];

/** The place of a share in [0, 1) of a sum of weights: which weight it falls on. */
function fallsOn(weights, share) {
  let rest = share * weights.reduce((x, y) => x + y, 0), place = 0;
  while (place < weights.length - 1 && rest >= weights[place]) rest -= weights[place++];
  return place;
}

/** What CTGAN is told: the wished category of most blocks, or one as often as the data have it. */
function category(next) {
  const told = Object.keys(data.frequencies).map(Number), blocks = (i) => data.columns[i].labels.length;
  const wished = told.filter((i) => state.wishes[i] >= 0).sort((x, y) => blocks(y) - blocks(x));
  const column = wished.length ? wished[0] : told[Math.floor(next() * told.length)];
  const block = wished.length ? state.wishes[column] : fallsOn(data.frequencies[column], next());
  const found = new Float32Array(told.reduce((sum, i) => sum + blocks(i), 0));
  found[told.filter((i) => i < column).reduce((sum, i) => sum + blocks(i), 0) + block] = 1;
  return found;
}

/** What a generator is told of wishes: the wished blocks, and which columns have one. */
function condition(next) {
  if (!data.isTold) return [];
  if (data.frequencies) return category(next);
  const found = new Float32Array(units + data.columns.length);
  state.wishes.forEach((block, column) => {
    if (block < 0) return;
    found[starts[column] + block] = 1;
    found[units + column] = 1;
  });
  return found;
}

/** The block of each column: the largest of its units. */
function blocksOf(row) {
  return data.columns.map(({ labels }, column) => {
    const start = data.num_places + starts[column], own = row.subarray(start, start + labels.length);
    return own.indexOf(own.reduce((x, y) => (x > y ? x : y)));
  });
}

/** A number as the table writes it: in steps, or with six digits. */
function written(number, { step, decimals }) {
  return step === null ? String(Number(number.toPrecision(6))) : (Math.round(number / step) * step).toFixed(decimals);
}

/** What a block is: a text, one of a pool, a number within a bin (`share` in [0, 1) says where) or mode. */
function valueOf({ labels, missing, pool, bins, modes }, block, share, place) {
  if (missing !== null && block === labels.length - 1) return missing;  // as the table's file writes it
  if (pool && block === pool.block) return pool.texts[fallsOn(pool.weights, share)];
  if (modes) {
    const number = modes.means[block] + modes.reach[block] * Math.max(-1, Math.min(1, place));
    return written(Math.max(modes.ends[0], Math.min(modes.ends[1], number)), modes);
  }
  const bin = bins ? block - bins.first : -1;
  if (bin < 0 || bin >= bins.edges.length - 1) return labels[block];
  const low = bins.edges[bin], width = bins.edges[bin + 1] - low, taken = labels.slice(0, bins.first);
  let found;
  for (let turn = 0; turn < 8; turn++) {  // golden steps through the bin, as kinds/columns.py has them
    const number = low + (share + turn * 0.6180339887) % 1 * width;
    found = written(number, bins);
    if (!taken.includes(found)) break;
  }
  return found;
}

/** The row with a number, as {blocks, values}. */
function rowOf(number) {
  const latents = drawn(state.seed * MOST + number, data.latentDim, data.prior, data.prior === "uniform" ? 1 : Infinity);
  const label = state.label < 0 ? number % Math.max(1, data.classes.length) : state.label;
  const next = random(Math.imul(state.seed * MOST + number + 1, 0x2545f491));
  const row = chains[0][0]({ latents, labels: [label], condition: condition(next) }), blocks = blocksOf(row);
  const value = (column, i) => valueOf(column, blocks[i], next(), row[numeric.indexOf(i)]);
  return { blocks, values: data.columns.map(value) };
}

function list() {
  const head = state.columns.map((column) => made("th", { scope: "col" }, data.columns[column].name));
  const lines = rows.slice(0, NUM_SHOWN).map(({ values }) => (
    made("tr", {}, ...state.columns.map((column) => made("td", {}, values[column])))
  ));
  byId("rows").replaceChildren(made("thead", {}, made("tr", {}, ...head)), made("tbody", {}, ...lines));
}

/** Pairs of what comes and how often: numbers in bins of equal width, else the most frequent values. */
function countsOf(column) {
  const values = rows.map((row) => row.values[column]), { bins } = data.columns[column];
  const numbers = values.filter((text) => text.trim() !== "" && Number.isFinite(Number(text))).map(Number);
  const distinct = new Set(values).size;
  if ((bins || data.columns[column].modes) && distinct > NUM_BARS && numbers.length) {
    const low = Math.min(...numbers), high = Math.max(...numbers), width = (high - low) / NUM_BARS;
    const short = (number) => String(Number(number.toPrecision(4)));
    const counts = Array.from({ length: NUM_BARS }, (_, i) => (
      [`${short(low + i * width)} to ${short(low + (i + 1) * width)}`, 0]
    ));
    for (const number of numbers) counts[Math.min(NUM_BARS - 1, Math.floor((number - low) / width))][1] += 1;
    return numbers.length < values.length ? [...counts, ["others", values.length - numbers.length]] : counts;
  }
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort((x, y) => y[1] - x[1]), shown = sorted.slice(0, NUM_BARS);
  const rest = sorted.slice(NUM_BARS).reduce((sum, pair) => sum + pair[1], 0);
  return rest ? [...shown, ["others", rest]] : shown;
}

function share() {
  byId("shares").replaceChildren(...state.columns.map((column) => {
    const lines = countsOf(column).map(([value, count]) => made(
      "tr", {},
      made("th", { scope: "row" }, value || "missing"),
      made("td", {}, made("meter", { min: 0, max: rows.length, value: count }), ` ${(100 * count / rows.length).toFixed(0)}%`),
    ));
    return made("div", {}, made("h3", {}, data.columns[column].name), made("table", {}, ...lines));
  }));
}

/** Draws rows anew, until enough meet the wishes or too many did not. */
function show() {
  rows = [];
  let tried = 0;
  byId("status").textContent = "Drawing rows.";
  inTurns(() => {
    const row = rowOf(tried);
    tried += 1;
    if (state.wishes.every((block, column) => block < 0 || row.blocks[column] === block)) {
      rows.push(row);
      if (rows.length <= NUM_SHOWN) list();
    }
    return rows.length < NUM_COUNTED && tried < MOST;
  }, (ms) => {
    list();
    share();
    told(rows.length < NUM_COUNTED ? `Only ${rows.length} of ${tried} rows are as wished. ` : `${rows.length} rows. `, ms);
  });
}

function changed() {
  const wishes = state.wishes.map((block, column) => (block < 0 ? "" : `${column}:${block}`)).filter(Boolean);
  keep(`#seed=${state.seed}&class=${state.label}&columns=${state.columns.join(",")}&wishes=${wishes.join(",")}`);
  show();
}

/** The view of an address; what it does not say, or says wrongly, stays. */
function read(hash) {
  const given = new URLSearchParams(hash.slice(1)), end = data.columns.length - 1;
  state.seed = whole(given.get("seed"), 0, 1e8) ?? state.seed;
  state.label = whole(given.get("class"), -1, data.classes.length - 1) ?? state.label;
  const columns = (given.get("columns") ?? "").split(",").map((text) => whole(text, 0, end));
  if (columns.some((column) => column !== null)) {
    state.columns = [...new Set(columns.filter((column) => column !== null))].sort((x, y) => x - y);
  }
  for (const text of (given.get("wishes") ?? "").split(",")) {
    const [column, block] = text.split(":"), place = whole(column, 0, end);
    if (place !== null) state.wishes[place] = whole(block, -1, data.columns[place].labels.length - 1) ?? -1;
  }
}

/** Boxes where the state has them. */
function put() {
  data.columns.forEach((_, column) => {
    byId(`shows-${column}`).checked = state.columns.includes(column);
    byId(`wish-${column}`).value = state.wishes[column];
  });
  if (byId("class")) byId("class").value = state.label;
}

function explore() {
  state.columns = data.columns.map((_, column) => column).slice(0, NUM_SHOWN);
  data.columns.forEach(({ name, labels }, column) => {
    const box = made("input", { type: "checkbox", id: `shows-${column}` });
    const options = labels.map((label, block) => made("option", { value: block }, label));
    const wish = made("select", { id: `wish-${column}` }, made("option", { value: -1 }, "any"), ...options);
    wish.setAttribute("aria-label", `Wish for ${name}`);
    box.addEventListener("change", () => {
      state.columns = data.columns.map((_, i) => i).filter((i) => byId(`shows-${i}`).checked);
      changed();
    });
    wish.addEventListener("change", () => { state.wishes[column] = Number(wish.value); changed(); });
    byId("columns").append(made("p", {}, made("label", {}, box, ` ${name} `), wish));
  });
  byId("class")?.addEventListener("input", (event) => { state.label = Number(event.target.value); changed(); });
  byId("fresh").addEventListener("click", () => { state.seed += 1; changed(); });
  byId("no-wishes").addEventListener("click", () => { state.wishes.fill(-1); put(); changed(); });
  byId("save").addEventListener("click", () => saveBeside(csv([data.columns.map(({ name }) => name), ...rows.map(({ values }) => values)]), `${data.title}-generated.csv`, "text/csv"));
  addEventListener("hashchange", () => { read(location.hash); put(); show(); });
  read(location.hash);
  put();
  changed();
}

begin(explore);

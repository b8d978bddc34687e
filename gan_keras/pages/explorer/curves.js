// Samples that are series of readings: curves; samples.js says what a look is.
"use strict";

const NUM_COUNTED = 200;  // series of which the usual course is told
const NUM_LOOKS = 6;  // colours, which channels have in turn
const { channels, ends, key, attributes, combinations } = data.series;
const own = channels.slice(0, channels.length - ends);  // without the one that says how long a series lasts
const [numSteps] = last(data.chains[0]).shape;
let course = null;  // of each channel: the mean of each step, and where the middle 80 of 100 lie

/** The reading at a place on a channel's scale; see `Channel.decode` in Python. */
function reading({ values, places, exact, step }, place) {
  const end = places.length - 1;
  let i = 0;
  if (exact) {
    while (i < end && place > (places[i] + places[i + 1]) / 2) i += 1;
    return values[i];
  }
  if (place <= places[0]) return values[0];
  if (place >= places[end]) return values[end];
  while (place > places[i + 1]) i += 1;
  const share = (place - places[i]) / (places[i + 1] - places[i]);
  const found = values[i] + share * (values[i + 1] - values[i]);
  return step === null ? found : Math.round(Math.round(found / step) * step * 1e6) / 1e6;
}

/** Readings in units of their own: a list for each channel, as long as the series lasts. */
function readingsOf(sample) {
  const at = (channel, step) => reading(channels[channel], sample[step * channels.length + channel]);
  let length = numSteps;
  if (ends) {
    for (length = 1; length < numSteps && at(channels.length - 1, length) >= 0.5;) length += 1;
  }
  return own.map((_, channel) => Array.from({ length }, (_, step) => at(channel, step)));
}

const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);
const rangeOf = ({ values }) => [values[0], last(values)];

/** A line through readings in a box [left, top, width, height]. */
function drawLine(context, readings, [low, high], [left, top, width, height]) {
  context.beginPath();
  readings.forEach((value, step) => {
    context.lineTo(
      left + width * step / Math.max(1, numSteps - 1),
      top + height * (1 - (value - low) / (high - low || 1)),
    );
  });
  context.stroke();
}

/** All channels over each other, each on the whole range of its own. */
function drawSmall(canvas, sample) {
  Object.assign(canvas, { width: 176, height: 128 });
  const context = canvas.getContext("2d");
  context.fillStyle = ink("--paper");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.lineWidth = 2;
  readingsOf(sample).forEach((readings, channel) => {
    context.strokeStyle = ink(`--line-${channel % NUM_LOOKS}`);
    drawLine(context, readings, rangeOf(own[channel]), [3, 6, 170, 116]);
  });
}

const short = (number) => String(Number(number.toPrecision(4)));

/** A chart for each channel, and behind it the usual course. */
function drawLarge(sample) {
  const tall = 120, wide = 640, left = 74, canvas = byId("view"), all = readingsOf(sample);
  canvas.className = "curves";
  Object.assign(canvas, { width: wide, height: own.length * tall + 26 });
  const context = canvas.getContext("2d");
  context.fillStyle = ink("--paper");
  context.fillRect(0, 0, canvas.width, canvas.height);
  own.forEach((channel, number) => {
    const box = [left, number * tall + 27, wide - left - 8, tall - 38], [low, high] = rangeOf(channel);
    context.font = "bold 17px system-ui, sans-serif";
    context.textAlign = "left";
    context.fillStyle = ink("--ink");
    context.fillText(channel.name, left, number * tall + 19);
    context.font = "15px system-ui, sans-serif";
    context.textAlign = "right";
    context.fillStyle = ink("--faint");
    context.fillText(short(high), left - 10, box[1] + 8);
    context.fillText(short(low), left - 10, box[1] + box[3] + 6);
    context.strokeStyle = ink("--rule");
    context.lineWidth = 1;
    context.strokeRect(...box);
    if (course) {
      context.fillStyle = ink("--rule");
      const { lows, highs, means } = course[number], x = (step) => box[0] + box[2] * step / Math.max(1, numSteps - 1);
      const y = (value) => box[1] + box[3] * (1 - (value - low) / (high - low || 1));
      context.beginPath();
      lows.forEach((value, step) => context.lineTo(x(step), y(value)));
      for (let step = highs.length - 1; step >= 0; step--) context.lineTo(x(step), y(highs[step]));
      context.fill();
      context.strokeStyle = ink("--faint");
      context.setLineDash([6, 6]);
      drawLine(context, means, [low, high], box);
      context.setLineDash([]);
    }
    context.strokeStyle = ink(`--line-${number % NUM_LOOKS}`);
    context.lineWidth = 2.5;
    drawLine(context, all[number], [low, high], box);
  });
  context.textAlign = "right";
  context.fillStyle = ink("--faint");
  context.fillText(`step 1 to ${numSteps}`, wide - 8, canvas.height - 8);
  const head = ["step", ...own.map(({ name }) => name)].map((name) => made("th", { scope: "col" }, name));
  const lines = all[0].map((_, step) => made(
    "tr", {},
    made("th", { scope: "row" }, String(step + 1)),
    ...all.map((readings) => made("td", {}, digits(readings[step]))),
  ));
  byId("readings").replaceChildren(made("thead", {}, made("tr", {}, ...head)), made("tbody", {}, ...lines));
}

/** The number below which a share of some lies, on the line between two. */
function quantile(sorted, share) {
  const at = share * (sorted.length - 1), low = Math.floor(at);
  return sorted[low] + (at - low) * (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]);
}

/** The usual course of many series at the sliders' places. */
function count() {
  const many = [];
  inTurns(() => {
    many.push(readingsOf(sampled(latentsOf(many.length), labelOf(many.length))));
    return many.length < NUM_COUNTED;
  }, () => {
    course = own.map((_, channel) => {
      const steps = Array.from({ length: numSteps }, (_, step) => (
        many.map((readings) => readings[channel][step]).filter((value) => value !== undefined).sort((x, y) => x - y)
      )).filter((values) => values.length > NUM_COUNTED / 10);
      return {
        lows: steps.map((values) => quantile(values, 0.1)),
        highs: steps.map((values) => quantile(values, 0.9)),
        means: steps.map((values) => values.reduce((x, y) => x + y, 0) / values.length),
      };
    });
    byId("course").textContent = `Grey: ${NUM_COUNTED} series, their mean and the middle 80 of 100.`;
    drawLarge(shown.view);
  });
}

/** A number as the command's file writes it. */
const digits = (value) => String(Number(value.toPrecision(8)));

/** A line a reading: the number and attributes of its series, and its channels. */
function csvOfSeries(samples) {
  const told = data.classes.length ? attributes : [];
  const lines = samples.flatMap((sample, number) => {
    const all = readingsOf(sample), known = told.length ? combinations[labelOf(number)] : [];
    return all[0].map((_, step) => [number, ...known, ...all.map((readings) => digits(readings[step]))]);
  });
  return csv([[key, ...told, ...own.map(({ name }) => name)], ...lines]);
}

const look = {
  small: drawSmall,
  large(sample) {
    course = null;
    byId("course").textContent = "";
    drawLarge(sample);
  },
  rested: count,
  begin() {
    byId("save").addEventListener("click", () => save(byId("view"), "series.png"));
    byId("save-all").addEventListener("click", () => {
      saveBeside(csvOfSeries(shown.grid), `${data.title}-generated.csv`, "text/csv");
    });
  },
};

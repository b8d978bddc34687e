// A judge's page: shows one trial after the other, times them, and hands out a file of answers.
"use strict";

// ------------------------------------------------------------- pure functions

/** CRC-32 of a text's UTF-8 bytes, as eight hexadecimal digits; what Python's zlib.crc32 gives. */
function checksum(text) {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

/** The file of answers, as text. All numbers in it are whole, so that Python writes them alike. */
function answersFile(about, answers) {
  const sum = checksum(JSON.stringify([about, answers]));
  return `${JSON.stringify({ about, answers, checksum: sum })}\n`;
}

/** The exposure in ms after one was answered; staircase.py has the same rule. */
function following(rule, exposure, isRight) {
  return Math.min(rule.longest, Math.max(rule.shortest, exposure + (isRight ? -rule.down : rule.up)));
}

/** How many frames of `frame` ms come nearest to an exposure; at least one. */
function framesOf(exposure, frame) {
  return Math.max(1, Math.round(exposure / frame));
}

/** The middle one of some numbers. */
function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** The z with P(Z < z) = p of a standard normal Z, p in (0, 1), by bisection. */
function zOf(p) {
  let low = -9, high = 9;
  for (let round = 0; round < 80; round += 1) {
    const middle = (low + high) / 2;
    if (below(middle) < p) low = middle; else high = middle;
  }
  return (low + high) / 2;
}

/** P(Z < z): the integral of the density from 0 by Simpson's rule; errors below 1e-10. */
function below(z) {
  const num = 400, step = z / num;
  let sum = 1 + Math.exp(-z * z / 2);
  for (let place = 1; place < num; place += 1) {
    sum += (place % 2 ? 4 : 2) * Math.exp(-((place * step) ** 2) / 2);
  }
  return 0.5 + (sum * step) / 3 / Math.sqrt(2 * Math.PI);
}

/** Share of wrong answers, and d', as signal.py has them. */
function sensitivity(truths, answers, isPairs) {
  const count = { true: [0, 0], false: [0, 0] };  // [how many, how many of them answered "true"]
  truths.forEach((truth, place) => {
    count[truth][0] += 1;
    count[truth][1] += answers[place] ? 1 : 0;
  });
  const z = (pair) => zOf((pair[1] + 0.5) / (pair[0] + 1));
  const wrong = count.true[0] - count.true[1] + count.false[1];
  return {
    error: wrong / truths.length,
    dPrime: (z(count.true) - z(count.false)) / (isPairs ? Math.SQRT2 : 1),
  };
}

// ------------------------------------------------------------- the page

function start() {
  const data = JSON.parse(document.getElementById("data").textContent);
  const by = (id) => document.getElementById(id);
  const frames = [...document.querySelectorAll(".picture")];
  const isTimed = data.exposure !== null;
  const isPairs = data.mode === "pairs";
  const names = isPairs ? ["left", "right"] : ["real", "generated"];
  const answers = [];
  let exposure = data.exposure === "adaptive" ? data.staircase.first : data.exposure;
  let frameTime = 1000 / 60;
  let place = 0, since = 0, last = null, waiting = null, begun = 0;

  const frame = () => new Promise(requestAnimationFrame);
  const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

  function put(links) {
    frames.forEach((image, side) => {
      image.classList.toggle("away", links === null);
      if (links !== null) image.src = links[side % links.length];
    });
  }

  /** Decodes pictures before their time, so that showing one takes no longer than a frame. */
  async function decoded(links) {
    await Promise.all(links.map((link) => {
      const image = new Image();
      image.src = link;
      return image.decode();
    }));
  }

  async function measured() {
    const times = [];
    for (let count = 0; count < 21; count += 1) times.push(await frame());
    return median(times.slice(1).map((time, index) => time - times[index]));
  }

  /** Shows pictures for so many frames, then masks; returns the tenths of ms that they were there. */
  async function flash(links, count) {
    by("fixation").hidden = false;
    await pause(500);
    const from = await frame();
    by("fixation").hidden = true;
    put(links);
    let to = from;
    for (let shown = 0; shown < count; shown += 1) to = await frame();
    for (const mask of data.masks) {
      put([mask]);
      for (let shown = 0; shown < framesOf(30, frameTime); shown += 1) await frame();
    }
    put(null);
    return Math.round((to - from) * 10);
  }

  function allow(can) {
    for (const id of ["first", "second"]) by(id).disabled = !can;
  }

  async function show() {
    const trial = data.trials[place];
    const links = trial.pictures.map((index) => data.pictures[index]);
    by("progress").textContent =
      `${place + 1} of ${data.trials.length}${trial.part === "practice" ? " (practice)" : ""}`;
    by("feedback").textContent = "";
    by("next").hidden = true;
    allow(false);
    await decoded(links);
    last = { trial: place };
    if (isTimed && trial.part !== "vigilance") {  // in a flash, even who is awake misses those
      await decoded(data.masks);
      put(null);
      const count = framesOf(exposure, frameTime);
      const shown = await flash(links, count);
      Object.assign(last, { asked: exposure, frames: count, shown });
    } else {
      put(links);
    }
    await frame();
    since = performance.now();
    allow(true);
    by("question").focus({ preventScroll: true });
    waiting = answer;
  }

  function answer(said) {
    waiting = null;
    allow(false);
    const trial = data.trials[place];
    answers.push({ ...last, said, ms: Math.round(performance.now() - since) });
    if (data.exposure === "adaptive" && trial.part === "judged") {
      exposure = following(data.staircase, exposure, said === trial.truth);
    }
    if (trial.part === "practice" || data.play) {
      const parts = [said === trial.truth ? "Right" : "Wrong", `: ${told(trial.truth)}.`];
      if ("network" in trial) parts.push(` The network said: ${names[trial.network ? 0 : 1]}.`);
      by("feedback").textContent = parts.join("");
      by("next").hidden = false;
      by("next").focus();
      waiting = next;
      return;
    }
    next();
  }

  function told(truth) {
    if (isPairs) return `the real one is on the ${truth ? "left" : "right"}`;
    return truth ? "it is real" : "it was generated";
  }

  function next() {
    waiting = null;
    place += 1;
    if (place < data.trials.length) show(); else end();
  }

  function end() {
    by("trials").hidden = true;
    by("end").hidden = false;
    const done = () => window.removeEventListener("beforeunload", warn);  // the answers are kept
    if (data.play) done();
    const heading = by("end").querySelector("h2");
    heading.tabIndex = -1;
    heading.focus();
    if (data.play) return result();
    const about = {
      format: 1,
      study: data.study,
      page: data.page,
      name: by("name").value.trim(),
      begun,
      ended: Date.now(),
      frame: Math.round(frameTime * 1000),
    };
    const text = answersFile(about, answers);
    by("text").value = text;
    by("save").href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    by("save").download = `answers-${data.page}.json`;
    by("save").addEventListener("click", done);
    by("text").addEventListener("copy", done);
  }

  function result() {
    const counted = data.trials.map((trial, index) => ({ ...trial, said: answers[index].said }))
      .filter((trial) => trial.part === "judged");
    const truths = counted.map((trial) => trial.truth);
    const rows = [["You", counted.map((t) => t.said)], ["The network", counted.map((t) => t.network)]];
    for (const [who, said] of rows) {
      const found = sensitivity(truths, said, isPairs);
      const line = document.createElement("p");
      line.textContent =
        `${who}: ${Math.round(100 * (1 - found.error))} of 100 right, d' ${found.dPrime.toFixed(2)}.`;
      by("result").append(line);
    }
    const line = document.createElement("p");
    line.textContent = "d' is how far apart real and generated lie: 0 is guessing, 2 is good.";
    by("result").append(line);
  }

  function warn(event) {
    event.preventDefault();
  }

  by("first").addEventListener("click", () => { if (waiting === answer) answer(true); });
  by("second").addEventListener("click", () => { if (waiting === answer) answer(false); });
  by("next").addEventListener("click", () => { if (waiting === next) next(); });
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || waiting !== answer) return;
    const key = event.key.toLowerCase();
    if (key === "f" || key === "arrowleft") answer(true);
    else if (key === "j" || key === "arrowright") answer(false);
    else return;
    event.preventDefault();
  });
  by("begin").addEventListener("click", async () => {
    by("intro").hidden = true;
    by("trials").hidden = false;
    put(null);
    window.addEventListener("beforeunload", warn);
    begun = Date.now();
    if (isTimed) frameTime = await measured();
    show();
  });
}

if (typeof document === "undefined") {
  module.exports = { answersFile, checksum, following, framesOf, median, sensitivity, zOf };
} else {
  start();
}

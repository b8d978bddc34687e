// A translator: draw an image, or give one, and see what the network makes of it. Where it fills
// holes, what is taken out of the image is a second canvas over the first.
"use strict";

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

const HOLE = "#f0f";  // what a hole looks like

/** What a network is given that fills holes: pixels, `fill` in the holes, and where those are. */
function withHoles(pixels, holes, channels, fill) {
  const known = numbers(pixels, channels - 1), found = new Float32Array(pixels.length / 4 * channels);
  for (let i = 0; i < pixels.length / 4; i++) {
    const missing = holes[4 * i + 3] > 127;
    for (let c = 0; c < channels - 1; c++) found[i * channels + c] = missing ? fill : known[i * (channels - 1) + c];
    found[(i + 1) * channels - 1] = Number(missing);
  }
  return found;
}

/** Known pixels as they were given. */
function completed(sample, given, channels) {
  return sample.map((value, i) => {
    const from = Math.floor(i / (channels - 1)) * channels;
    return given[from + channels - 1] ? value : given[from + i % (channels - 1)];
  });
}

function translate() {
  const canvas = byId("drawing"), fills = data.fill !== null;
  const [context, holes] = [0, 1].map(() => (
    document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  ));
  const pen = { x: 0, y: 0, down: false };
  let way = 0, asked = null, name, height, width, channels;

  /** Sizes the canvas for the network of the way that is chosen. */
  function size() {
    ({ name, shape: [height, width, channels] } = data.chains[way][0].inputs[0]);
    for (const one of [canvas, context.canvas, holes.canvas]) Object.assign(one, { width, height });
    Object.assign(pen, { x: width >> 1, y: height >> 1 });
    lay();
  }
  function lay() {
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    holes.clearRect(0, 0, width, height);
  }
  function render() {
    const seen = canvas.getContext("2d", { willReadFrequently: true });
    seen.drawImage(context.canvas, 0, 0);
    seen.drawImage(holes.canvas, 0, 0);
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      const start = performance.now();
      const pixels = context.getImageData(0, 0, width, height).data;
      const given = fills
        ? withHoles(pixels, holes.getImageData(0, 0, width, height).data, channels, data.fill)
        : numbers(pixels, channels);
      const sample = chains[way][0]({ [name]: given });
      paint(byId("view"), fills ? completed(sample, given, channels) : sample, data.chains[way][0].shape);
      told("", performance.now() - start);
    });
  }
  function clear() {
    lay();
    render();
  }
  function line(x, y) {
    const is = (tool) => byId(tool)?.checked, on = is("take-out") || is("put-back") ? holes : context;
    on.globalCompositeOperation = is("put-back") ? "destination-out" : "source-over";
    on.strokeStyle = on === holes ? HOLE : is("eraser") ? "#fff" : byId("colour").value;
    on.lineWidth = Number(byId("width").value);
    on.lineCap = "round";
    on.beginPath();
    on.moveTo(pen.x, pen.y);
    on.lineTo(x + 0.01, y);
    on.stroke();
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
      lay();
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
  byId("way")?.addEventListener("change", (event) => {  // what was made is given back
    way = Number(event.target.value);
    size();
    context.drawImage(byId("view"), 0, 0, width, height);
    render();
  });
  size();
  render();
}

begin(translate);

// Runs a network that graph.py wrote: a list of operations on float arrays, a batch of one sample.
"use strict";

/** Bytes of base64. */
function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

/** The value of 16 bits (IEEE 754 binary16). */
function ofHalf(bits) {
  const sign = bits & 0x8000 ? -1 : 1, exponent = (bits >> 10) & 31, fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Abramowitz and Stegun's 7.1.26, within 2e-7. */
function erf(x) {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const factors = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  const series = factors.reduce((sum, factor) => (sum + factor) * t, 0);
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}

const UNARY = {
  Abs: Math.abs,
  Elu: (x) => (x < 0 ? Math.expm1(x) : x),
  Erf: erf,
  Exp: Math.exp,
  LeakyRelu: (x, slope) => (x < 0 ? slope * x : x),
  Log: Math.log,
  Neg: (x) => -x,
  Reciprocal: (x) => 1 / x,
  Relu: (x) => (x < 0 ? 0 : x),
  Round: Math.round,
  Rsqrt: (x) => 1 / Math.sqrt(x),
  Selu: (x) => 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * Math.expm1(x) : x),
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  Sign: Math.sign,
  Softplus: (x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))),
  Sqrt: Math.sqrt,
  Square: (x) => x * x,
  Tanh: Math.tanh,
};
const BINARY = {
  Add: (x, y) => x + y,
  Equal: (x, y) => Number(x === y),
  Greater: (x, y) => Number(x > y),
  GreaterEqual: (x, y) => Number(x >= y),
  Less: (x, y) => Number(x < y),
  LessEqual: (x, y) => Number(x <= y),
  Maximum: (x, y) => (x > y ? x : y),
  Minimum: (x, y) => (x < y ? x : y),
  Mul: (x, y) => x * y,
  Pow: (x, y) => x ** y,
  RealDiv: (x, y) => x / y,
  SquaredDifference: (x, y) => (x - y) * (x - y),
  Sub: (x, y) => x - y,
};
/** The commonest of both as loops of their own: browsers make those several times as fast as calls.
 *
 * `y` may be shorter than `x`, and is then repeated: one number for each channel.
 */
const LOOPS = {
  Relu: (x) => {
    const out = new Float32Array(x.length);
    for (let i = 0; i < out.length; i++) out[i] = x[i] < 0 ? 0 : x[i];
    return out;
  },
  LeakyRelu: (x, slope) => {
    const out = new Float32Array(x.length);
    for (let i = 0; i < out.length; i++) out[i] = x[i] < 0 ? slope * x[i] : x[i];
    return out;
  },
  Add: (x, y) => {
    const out = new Float32Array(x.length);
    for (let i = 0; i < out.length;) for (let j = 0; j < y.length; j++, i++) out[i] = x[i] + y[j];
    return out;
  },
  Mul: (x, y) => {
    const out = new Float32Array(x.length);
    for (let i = 0; i < out.length;) for (let j = 0; j < y.length; j++, i++) out[i] = x[i] * y[j];
    return out;
  },
};
const REDUCING = {
  ArgMax: (row) => row.indexOf(row.reduce((x, y) => (x > y ? x : y), -Infinity)),
  Max: (row) => row.reduce((x, y) => (x > y ? x : y), -Infinity),
  Mean: (row) => row.reduce((x, y) => x + y, 0) / row.length,
  Sum: (row) => row.reduce((x, y) => x + y, 0),
};

const sizeOf = (shape) => shape.reduce((x, y) => x * y, 1);

/** A view with any strides as an array of its own: transposed, sliced, repeated. */
function moved(x, { shape, strides, offset }) {
  const out = new Float32Array(sizeOf(shape));
  if (!shape.length) return Float32Array.of(x[offset]);
  const last = shape.length - 1, length = shape[last], stride = strides[last];
  const at = new Array(shape.length).fill(0);
  for (let to = 0, from = offset; to < out.length;) {
    for (let i = 0, own = from; i < length; i++, own += stride) out[to++] = x[own];
    for (let axis = last - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++at[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      at[axis] = 0;
    }
  }
  return out;
}

/** Two arrays entry by entry; the strides repeat what is to be repeated. */
function combined(x, y, { f: name, shape, views }) {
  const [wideX, wideY] = [x, y].map((array, i) => (views[i] ? moved(array, views[i]) : array));
  if (name in LOOPS) return LOOPS[name](wideX, wideY);
  const f = BINARY[name], out = new Float32Array(sizeOf(shape));
  if (wideY.length < out.length) {  // one number for each channel
    const period = wideY.length;
    for (let i = 0; i < out.length;) {
      for (let j = 0; j < period; j++, i++) out[i] = f(wideX[i], wideY[j]);
    }
    return out;
  }
  for (let i = 0; i < out.length; i++) out[i] = f(wideX[i], wideY[i]);
  return out;
}

/** Patches of a map as rows: those of `rows` rows of the output from `top`, channels from `first`. */
function patchesOf(x, { of, kernel, stride, before, out }, top, rows, first, channels) {
  const [height, width, depth] = of, [tall, wide] = kernel, columns = out[1];
  const patches = new Float32Array(rows * columns * tall * wide * channels);
  let to = 0;
  for (let row = top; row < top + rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let i = 0; i < tall; i++) {
        const y = row * stride[0] + i - before[0];
        for (let j = 0; j < wide; j++, to += channels) {
          const z = column * stride[1] + j - before[1];
          if (y < 0 || y >= height || z < 0 || z >= width) continue;
          const from = (y * width + z) * depth + first;
          for (let c = 0; c < channels; c++) patches[to + c] = x[from + c];
        }
      }
    }
  }
  return patches;
}

const LARGEST = 1 << 20;  // floats of patches at a time

/** A convolution: patches times weights (kernel height, width, channels of a group, features). */
function convolved(x, weights, { shape, conv, groups }, product) {
  const { of, kernel, out } = conv, features = shape[3], own = features / groups;
  const channels = of[2] / groups, length = kernel[0] * kernel[1] * channels;
  const found = new Float32Array(sizeOf(shape));
  const atOnce = Math.max(1, Math.min(out[0], Math.floor(LARGEST / (length * out[1]))));
  for (let group = 0; group < groups; group++) {
    const part = groups === 1 ? weights
      : moved(weights, { shape: [length, own], strides: [features, 1], offset: group * own });
    for (let top = 0; top < out[0]; top += atOnce) {
      const rows = Math.min(atOnce, out[0] - top), pixels = rows * out[1];
      const patches = patchesOf(x, conv, top, rows, group * channels, channels);
      const values = product(patches, part, pixels, length, own);
      const start = top * out[1];
      if (groups === 1) found.set(values, start * features);
      else {
        for (let pixel = 0; pixel < pixels; pixel++) {
          const to = (start + pixel) * features + group * own;
          for (let c = 0; c < own; c++) found[to + c] = values[pixel * own + c];
        }
      }
    }
  }
  return found;
}

/** Calls `visit(large, small, tap)` for each pixel of the small map and each tap that is inside.
 *
 * Maps have as many axes as `kernel`: height and width, or time before them.
 */
function taps({ of, kernel, stride, before, out }, visit) {
  const end = kernel.length - 1;
  (function along(axis, large, small, tap) {
    for (let place = 0; place < out[axis]; place++) {
      const to = small * out[axis] + place;
      for (let i = 0; i < kernel[axis]; i++) {
        const y = place * stride[axis] + i - before[axis];
        if (y < 0 || y >= of[axis]) continue;
        const from = large * of[axis] + y, at = tap * kernel[axis] + i;
        if (axis === end) visit(from, to, at);
        else along(axis + 1, from, to, at);
      }
    }
  })(0, 0, 0, 0);
}

/** A transposed convolution: each pixel spreads its patch; weights (channels, taps x features). */
function spread(x, weights, { shape, conv }, product) {
  const found = new Float32Array(sizeOf(shape)), features = shape[shape.length - 1];
  const channels = conv.channels, length = sizeOf(conv.kernel) * features;
  const patches = product(x, weights, sizeOf(conv.out), channels, length);
  taps(conv, (large, small, tap) => {
    const from = small * length + tap * features, to = large * features;
    for (let c = 0; c < features; c++) found[to + c] += patches[from + c];
  });
  return found;
}

/** A convolution of each channel for itself; weights (taps, channels). */
function depthwise(x, weights, { shape, conv }) {
  const found = new Float32Array(sizeOf(shape)), channels = shape[3];
  taps(conv, (large, small, tap) => {
    for (let c = 0; c < channels; c++) {
      found[small * channels + c] += x[large * channels + c] * weights[tap * channels + c];
    }
  });
  return found;
}

/** The transpose of `depthwise`. */
function depthwiseSpread(x, weights, { shape, conv }) {
  const found = new Float32Array(sizeOf(shape)), channels = shape[3];
  taps(conv, (large, small, tap) => {
    for (let c = 0; c < channels; c++) {
      found[large * channels + c] += x[small * channels + c] * weights[tap * channels + c];
    }
  });
  return found;
}

/** Largest, or mean, of each window; what lies outside is left out. */
function pooled(x, { shape, conv, mean }) {
  const channels = shape[3], found = new Float32Array(sizeOf(shape)).fill(mean ? 0 : -Infinity);
  const seen = new Float32Array(conv.out[0] * conv.out[1]);
  taps(conv, (large, small) => {
    seen[small] += 1;
    for (let c = 0; c < channels; c++) {
      const value = x[large * channels + c], to = small * channels + c;
      if (mean) found[to] += value;
      else if (value > found[to]) found[to] = value;
    }
  });
  return mean ? found.map((value, i) => value / seen[Math.floor(i / channels)]) : found;
}

/** Arrays side by side along an axis; `lengths` are what each holds from that axis on. */
function joined(arrays, { shape, lengths }) {
  const out = new Float32Array(sizeOf(shape)), whole = lengths.reduce((x, y) => x + y, 0);
  let start = 0;
  arrays.forEach((array, i) => {
    const length = lengths[i];
    for (let from = 0, to = start; from < array.length; from += length, to += whole) {
      out.set(array.subarray(from, from + length), to);
    }
    start += length;
  });
  return out;
}

/** Entries picked by a list of places for each axis; -1 is a zero, as padding has it. */
function picked(x, { shape, sides, places }) {
  const out = new Float32Array(sizeOf(shape));
  let to = 0;
  (function visit(axis, from) {
    if (axis === places.length) {
      out[to++] = x[from];
      return;
    }
    for (const place of places[axis]) {
      if (place < 0) to += sizeOf(shape.slice(axis + 1));
      else visit(axis + 1, from * sides[axis] + place);
    }
  })(0, 0);
  return out;
}

/** Rows of a table, by their numbers. */
function gathered(table, numbers, { shape, length }) {
  const out = new Float32Array(sizeOf(shape));
  numbers.forEach((number, i) => {
    out.set(table.subarray(number * length, (number + 1) * length), i * length);
  });
  return out;
}

/** Pixels between pixels: from `lows` and `highs`, by how far between, along height and width. */
function between(x, { shape, sides, height, width }) {
  const out = new Float32Array(sizeOf(shape)), channels = shape[3];
  let to = 0;
  for (let i = 0; i < shape[1]; i++) {
    const upper = height.lows[i] * sides[2], lower = height.highs[i] * sides[2], down = height.shares[i];
    for (let j = 0; j < shape[2]; j++) {
      const low = width.lows[j], high = width.highs[j], along = width.shares[j];
      for (let c = 0; c < channels; c++) {
        const at = (pixel) => x[pixel * channels + c];
        const above = at(upper + low) + (at(upper + high) - at(upper + low)) * along;
        const below = at(lower + low) + (at(lower + high) - at(lower + low)) * along;
        out[to++] = above + (below - above) * down;
      }
    }
  }
  return out;
}

/** Each row of `length` numbers as shares of one. */
function softmax(x, { length }) {
  const out = new Float32Array(x.length);
  for (let start = 0; start < x.length; start += length) {
    const row = x.subarray(start, start + length), largest = REDUCING.Max(row);
    const powers = row.map((value) => Math.exp(value - largest)), sum = REDUCING.Sum(powers);
    out.set(powers.map((value) => value / sum), start);
  }
  return out;
}

/** Products of as many pairs of matrices as there are; B may be the same for all. */
function products(x, y, { shape, m, k, n }, product) {
  const out = new Float32Array(sizeOf(shape)), num = out.length / (m * n);
  for (let i = 0; i < num; i++) {
    const a = num === 1 ? x : x.subarray(i * m * k, (i + 1) * m * k);
    const b = y.length === k * n ? y : y.subarray(i * k * n, (i + 1) * k * n);
    out.set(product(a, b, m, k, n), i * m * n);
  }
  return out;
}

/** An operation on an image, as one on several: the frames of a clip. */
function each(f) {
  return ([x, ...others], operation, product) => {
    const [num, ...shape] = operation.shape, length = x.length / num;
    if (num === 1) return f([x, ...others], operation, product);
    const out = new Float32Array(sizeOf(operation.shape)), one = { ...operation, shape: [1, ...shape] };
    for (let i = 0; i < num; i++) {
      out.set(f([x.subarray(i * length, (i + 1) * length), ...others], one, product), i * sizeOf(shape));
    }
    return out;
  };
}

/** What each operation does: ([arrays], operation, product) to an array. */
const OPERATIONS = {
  unary: ([x], { f, argument }) => {
    const call = UNARY[f];
    return f in LOOPS ? LOOPS[f](x, argument) : x.map((value) => call(value, argument));
  },
  binary: ([x, y], operation) => combined(x, y, operation),
  reduce: ([x], { f, length, shape }) => {
    const reducing = REDUCING[f];
    const out = new Float32Array(sizeOf(shape));
    return out.map((_, i) => reducing(x.subarray(i * length, (i + 1) * length)));
  },
  move: ([x], operation) => moved(x, operation),
  join: (arrays, operation) => joined(arrays, operation),
  pick: ([x], operation) => picked(x, operation),
  gather: ([table, numbers], operation) => gathered(table, numbers, operation),
  onehot: ([numbers], { length, on, off, shape }) => {
    const out = new Float32Array(sizeOf(shape)).fill(off);
    numbers.forEach((number, i) => {
      if (number >= 0 && number < length) out[i * length + number] = on;
    });
    return out;
  },
  conv: each(([x, weights], operation, product) => convolved(x, weights, operation, product)),
  spread: each(([x, weights], operation, product) => spread(x, weights, operation, product)),
  depthwise: each(([x, weights], operation) => depthwise(x, weights, operation)),
  depthwiseSpread: each(([x, weights], operation) => depthwiseSpread(x, weights, operation)),
  pool: each(([x], operation) => pooled(x, operation)),
  between: each(([x], operation) => between(x, operation)),
  select: ([which, x, y]) => x.map((value, i) => (which[i] ? value : y[i])),
  softmax: ([x], operation) => softmax(x, operation),
  product: ([x, y], operation, product) => products(x, y, operation, product),
};

/** Bytes as they were before they were deflated (RFC 1951): a promise of an ArrayBuffer. */
function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}

/** How packing.py wrote an array: (bytes, where it starts, how many numbers, step) to floats. */
const READING = {
  single: (bytes, start, length) => new Float32Array(bytes, start, length),
  half: (bytes, start, length) => {  // all low bytes, then all high ones
    const low = new Uint8Array(bytes, start, length), high = new Uint8Array(bytes, start + length, length);
    return Float32Array.from(low, (byte, i) => ofHalf(byte | high[i] << 8));
  },
  steps: (bytes, start, length, step) => {  // all high eight bits, then pairs of low four
    const high = new Uint8Array(bytes, start, length);
    const low = new Uint8Array(bytes, start + length, (length + 1) >> 1);
    return Float32Array.from(high, (byte, i) => ((byte << 4 | low[i >> 1] >> 4 * (i & 1) & 15) - 2048) * step);
  },
};

/** A promise of a function from {name of input: numbers} to the output, a float array.
 *
 * network: of `graph.Graph.as_json` in Python. product: `plainProduct` or of `wasmProduct()`.
 */
async function runnable(network, product) {
  const bytes = await inflated(bytesOf(network.weights));
  const constants = network.constants.map(({ tensor, type, start, length, step }) => (
    [tensor, READING[type](bytes, start, length, step)]
  ));
  const lastUse = new Map();
  network.operations.forEach(({ of }, step) => of.forEach((tensor) => lastUse.set(tensor, step)));
  return (inputs) => {
    const tensors = new Map(constants);
    for (const { name, tensor } of network.inputs) tensors.set(tensor, Float32Array.from(inputs[name]));
    network.operations.forEach((operation, step) => {
      const arrays = operation.of.map((tensor) => tensors.get(tensor));
      tensors.set(operation.to, OPERATIONS[operation.name](arrays, operation, product));
      for (const tensor of operation.of) {
        if (lastUse.get(tensor) === step && tensor !== network.output) tensors.delete(tensor);
      }
    });
    return tensors.get(network.output);
  };
}

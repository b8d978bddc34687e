// The product of two matrices of 32-bit floats: WebAssembly with SIMD, or else plain JavaScript.
"use strict";

/** The bytes of a WebAssembly module that exports `product(a, b, c, m, k, n)`.
 *
 * a, b, c are addresses in the imported memory, m, k, n numbers of rows and columns; m is a multiple
 * of 4 and n of 8. The rows of A (m, k) and C (m, n) follow one another. B (k, n) is cut into panels
 * of 8 columns: (n / 8, k, 8). For each panel, for each 4 rows of A, eight registers of four floats
 * hold a block of C, while k runs.
 */
function assembled() {
  const uint = (value) => {  // LEB128
    const bytes = [];
    do {
      const low = value & 127;
      value >>>= 7;
      bytes.push(value ? low | 128 : low);
    } while (value);
    return bytes;
  };
  const sint = (value) => {  // the same with a sign; our constants are small and not negative
    return value < 64 ? [value] : [(value & 127) | 128, value >> 7];
  };
  const text = (word) => [word.length, ...[...word].map((sign) => sign.charCodeAt(0))];
  const section = (id, bytes) => [id, ...uint(bytes.length), ...bytes];

  const I32 = 0x7f, V128 = 0x7b;
  const [a, b, c, m, k, n] = [0, 1, 2, 3, 4, 5];  // parameters
  const [i, j, p, pb, pc, rowA, rowC] = [6, 7, 8, 9, 10, 11, 12];  // integers
  const pa = [13, 14, 15, 16];  // where each of the four rows of A is being read
  const sums = [17, 18, 19, 20, 21, 22, 23, 24], left = 25, right = 26, each = 27;  // vectors

  const get = (local) => [0x20, local];
  const set = (local, ...value) => [...value.flat(), 0x21, local];
  const number = (value) => [0x41, ...sint(value)];
  const add = (x, y) => [...x, ...y, 0x6a];
  const times = (x, y) => [...x, ...y, 0x6c];
  const less = (x, y) => [...x, ...y, 0x48];
  const loop = (body, again) => [0x03, 0x40, ...body.flat(), ...again, 0x0d, 0, 0x0b];
  const load = (address, offset) => [...address, 0xfd, 0x00, 2, offset];
  const splat = (address) => [...address, 0xfd, 0x09, 2, 0];  // one float, four times
  const store = (address, value, offset) => [...address, ...value, 0xfd, 0x0b, 2, offset];
  const zeros = [0xfd, 0x0c, ...new Array(16).fill(0)];
  const vAdd = (x, y) => [...x, ...y, 0xfd, 0xe4, 1];
  const vTimes = (x, y) => [...x, ...y, 0xfd, 0xe6, 1];
  const step = (local, by) => set(local, add(get(local), by));
  const rows = [0, 1, 2, 3];

  const inner = loop([
    set(left, load(get(pb), 0)),
    set(right, load(get(pb), 16)),
    ...rows.map((row) => [
      ...set(each, splat(get(pa[row]))),
      ...set(sums[2 * row], vAdd(get(sums[2 * row]), vTimes(get(each), get(left)))),
      ...set(sums[2 * row + 1], vAdd(get(sums[2 * row + 1]), vTimes(get(each), get(right)))),
      ...step(pa[row], number(4)),
    ]),
    step(pb, number(32)),
    step(p, number(1)),
  ], less(get(p), get(k)));
  const block = loop([
    ...sums.map((sum) => set(sum, zeros)),
    set(pa[0], add(get(a), times(get(i), get(rowA)))),
    ...[1, 2, 3].map((row) => set(pa[row], add(get(pa[row - 1]), get(rowA)))),
    set(pb, add(get(b), times(get(j), times(get(k), number(4))))),
    set(p, number(0)),
    inner,
    set(pc, add(get(c), add(times(get(i), get(rowC)), times(get(j), number(4))))),
    ...rows.map((row) => [
      ...store(get(pc), get(sums[2 * row]), 0),
      ...store(get(pc), get(sums[2 * row + 1]), 16),
      ...step(pc, get(rowC)),
    ]),
    step(i, number(4)),
  ], less(get(i), get(m)));
  const body = [
    ...set(rowA, times(get(k), number(4))),
    ...set(rowC, times(get(n), number(4))),
    ...loop([set(i, number(0)), block, step(j, number(8))], less(get(j), get(n))),
    0x0b,
  ];
  const locals = [2, 11, I32, 11, V128];  // two groups: eleven integers, eleven vectors
  const code = [...locals, ...body];
  return new Uint8Array([
    0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [1, 0x60, 6, I32, I32, I32, I32, I32, I32, 0]),
    ...section(2, [1, ...text("page"), ...text("memory"), 0x02, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text("product"), 0x00, 0]),
    ...section(10, [1, ...uint(code.length), ...code]),
  ]);
}

/** C = A B in plain JavaScript. */
function plainProduct(a, b, m, k, n) {
  const c = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    const row = c.subarray(i * n, i * n + n);
    for (let p = 0; p < k; p++) {
      const value = a[i * k + p], from = p * n;
      for (let j = 0; j < n; j++) row[j] += value * b[from + j];
    }
  }
  return c;
}

/** A function (a, b, m, k, n) to C, float arrays row by row; null where WebAssembly is missing. */
function wasmProduct() {
  let memory, kernel;
  try {
    memory = new WebAssembly.Memory({ initial: 1 });
    const module = new WebAssembly.Module(assembled());
    kernel = new WebAssembly.Instance(module, { page: { memory } }).exports.product;
  } catch {
    return null;
  }
  const panels = new WeakMap();  // of each B: weights come again with each sample
  function packed(b, k, n) {
    let found = panels.get(b);
    if (found && found.length === k * Math.ceil(n / 8) * 8) return found;
    found = new Float32Array(k * Math.ceil(n / 8) * 8);
    for (let p = 0; p < k; p++) {
      for (let j = 0; j < n; j++) found[((j >> 3) * k + p) * 8 + (j & 7)] = b[p * n + j];
    }
    panels.set(b, found);
    return found;
  }
  return (a, b, m, k, n) => {
    const rows = Math.ceil(m / 4) * 4, columns = Math.ceil(n / 8) * 8;
    const panel = packed(b, k, n);
    const toB = Math.ceil(rows * k / 4) * 4, toC = toB + panel.length;  // in floats
    const missing = (toC + rows * columns) * 4 - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    const floats = new Float32Array(memory.buffer);
    floats.set(a, 0);
    floats.set(panel, toB);
    kernel(0, toB * 4, toC * 4, rows, k, columns);
    if (n === columns) return floats.slice(toC, toC + m * n);
    const c = new Float32Array(m * n);
    for (let i = 0; i < m; i++) {
      c.set(floats.subarray(toC + i * columns, toC + i * columns + n), i * n);
    }
    return c;
  };
}

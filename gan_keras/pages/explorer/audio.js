// Waves of spectrograms, and spectrograms of waves: as gan_keras/audio has them in Python.
"use strict";

/** Uniform numbers in [0, 1) as NumPy's generator gives them from a state (PCG64; O'Neill, 2014). */
function pcg64({ state, inc }) {
  const factor = 0x2360ed051fc65da44385df649fccf645n, low = (1n << 64n) - 1n, whole = (1n << 128n) - 1n;
  const step = BigInt(inc);
  let at = BigInt(state);
  return () => {
    at = (at * factor + step) & whole;
    const folded = (at >> 64n ^ at) & low, by = at >> 122n;
    const turned = (folded >> by | folded << (64n - by)) & low;
    return Number(turned >> 11n) / 2 ** 53;
  };
}

/** A function that transforms `n` complex numbers in place: sums of x exp(-2 pi i f t / n). */
function fourier(n) {
  const angles = Array.from({ length: n }, (_, i) => -2 * Math.PI * i / n);
  const cos = Float64Array.from(angles, Math.cos), sin = Float64Array.from(angles, Math.sin);
  if (n & (n - 1)) {  // no power of two: sum by sum
    return (re, im) => {
      const [x, y] = [re.slice(), im.slice()];
      for (let f = 0; f < n; f++) {
        re[f] = im[f] = 0;
        for (let t = 0, at = 0; t < n; t++, at = (at + f) % n) {
          re[f] += x[t] * cos[at] - y[t] * sin[at];
          im[f] += x[t] * sin[at] + y[t] * cos[at];
        }
      }
    };
  }
  const turned = new Uint32Array(n);  // places with their bits in reverse
  for (let i = 1; i < n; i++) turned[i] = turned[i >> 1] >> 1 | (i & 1 ? n >> 1 : 0);
  return (re, im) => {  // Cooley and Tukey, 1965
    for (let i = 0; i < n; i++) {
      const j = turned[i];
      if (i < j) [re[i], re[j], im[i], im[j]] = [re[j], re[i], im[j], im[i]];
    }
    for (let half = 1; half < n; half *= 2) {
      const stride = n / (2 * half);
      for (let start = 0; start < n; start += 2 * half) {
        for (let i = start, at = 0; i < start + half; i++, at += stride) {
          const j = i + half;
          const x = re[j] * cos[at] - im[j] * sin[at], y = re[j] * sin[at] + im[j] * cos[at];
          re[j] = re[i] - x;
          im[j] = im[i] - y;
          re[i] += x;
          im[i] += y;
        }
      }
    }
  };
}

/** Hann's window, periodic. */
function hann(size) {
  return Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos(2 * Math.PI * i / size));
}

/** Both ways between waves and spectra of pieces of `size` that begin `hop` after one another. */
function pieces(size, hop) {
  const window = hann(size), transform = fourier(size), pad = (size - hop) / 2, bins = size / 2 + 1;
  const re = new Float64Array(size), im = new Float64Array(size);

  /** {re, im} of a wave, float64 (frames, bins). */
  function stft(wave) {
    const frames = wave.length / hop;
    const found = { re: new Float64Array(frames * bins), im: new Float64Array(frames * bins) };
    for (let frame = 0; frame < frames; frame++) {
      for (let i = 0; i < size; i++) re[i] = window[i] * (wave[frame * hop + i - pad] ?? 0);
      im.fill(0);
      transform(re, im);
      found.re.set(re.subarray(0, bins), frame * bins);
      found.im.set(im.subarray(0, bins), frame * bins);
    }
    return found;
  }

  /** The wave nearest to spectra (Griffin and Lim, 1984, equation 6). */
  function istft(spectra) {
    const frames = spectra.re.length / bins, length = frames * hop;
    const sums = new Float64Array((frames - 1) * hop + size), weights = new Float64Array(sums.length);
    for (let frame = 0; frame < frames; frame++) {
      re.set(spectra.re.subarray(frame * bins, (frame + 1) * bins));
      im.set(spectra.im.subarray(frame * bins, (frame + 1) * bins));
      im[0] = im[bins - 1] = 0;
      for (let i = bins; i < size; i++) [re[i], im[i]] = [re[size - i], -im[size - i]];
      transform(im, re);  // the way back, but for a factor: real and imaginary parts change places
      for (let i = 0; i < size; i++) {
        sums[frame * hop + i] += re[i] / size * window[i];
        weights[frame * hop + i] += window[i] ** 2;
      }
    }
    return sums.map((sum, i) => sum / weights[i]).subarray(pad, pad + length);
  }
  return { stft, istft };
}

/** A wave whose spectra have nearly the given magnitudes (frames, bins); see `audio.griffin_lim`. */
function griffinLim(magnitudes, { size, hop, num_rounds: rounds, momentum, random: start }) {
  const { stft, istft } = pieces(size, hop), next = pcg64(start);
  const angles = Float64Array.from(magnitudes, () => -Math.PI + 2 * Math.PI * next());
  const current = {
    re: magnitudes.map((size_, i) => size_ * Math.cos(angles[i])),
    im: magnitudes.map((size_, i) => size_ * Math.sin(angles[i])),
  };
  let before = null;
  for (let round = 0; round < rounds; round++) {
    const consistent = stft(istft(current)), old = before ?? consistent;
    for (let i = 0; i < magnitudes.length; i++) {
      const x = consistent.re[i] + momentum * (consistent.re[i] - old.re[i]);
      const y = consistent.im[i] + momentum * (consistent.im[i] - old.im[i]);
      const length = Math.hypot(x, y), share = length ? magnitudes[i] / length : 0;
      current.re[i] = length ? x * share : magnitudes[i];
      current.im[i] = y * share;
    }
    before = consistent;
  }
  return istft(current);
}

/** The wave of a spectrogram (frequencies from the highest, frames) in [-1, 1]; see `Spectrograms`. */
function decoded(sample, sound) {
  const height = sound.mean.length, frames = sample.length / height, bins = height + 1;
  const magnitudes = new Float64Array(frames * bins);
  for (let row = 0; row < height; row++) {
    const place = height - 1 - row;
    for (let frame = 0; frame < frames; frame++) {
      const value = Math.max(-1, Math.min(1, sample[row * frames + frame]));
      const magnitude = Math.exp(value * sound.scale[place] + sound.mean[place]);
      magnitudes[frame * bins + place] = magnitude > sound.floor ? magnitude : 0;
    }
  }
  return Float32Array.from(griffinLim(magnitudes, sound), (x) => Math.max(-1, Math.min(1, x)));
}

/** A picture of a wave as `kinds.Waves` draws it: numbers about [-1, 1], and their shape. */
function spectrogram(wave, { size, hop, quiet, loud }) {
  const frames = Math.ceil(wave.length / hop), height = size / 2, filled = new Float64Array(frames * hop);
  filled.set(wave);
  const { re, im } = pieces(size, hop).stft(filled), found = new Float32Array(height * frames);
  for (let row = 0; row < height; row++) {
    for (let frame = 0; frame < frames; frame++) {
      const at = frame * (height + 1) + height - 1 - row;
      const magnitude = Math.max(Math.hypot(re[at], im[at]), quiet);
      found[row * frames + frame] = 2 * Math.log(magnitude / quiet) / Math.log(loud / quiet) - 1;
    }
  }
  return [found, [height, frames, 1]];
}

/** The bytes of a .wav file: PCM of 16 bits, one channel. */
function wavFile(wave, rate) {
  const view = new DataView(new ArrayBuffer(44 + 2 * wave.length));
  const text = (at, word) => [...word].forEach((sign, i) => view.setUint8(at + i, sign.charCodeAt(0)));
  const long = (at, value) => view.setUint32(at, value, true);
  const short = (at, value) => view.setInt16(at, value, true);
  text(0, "RIFF");
  long(4, 36 + 2 * wave.length);
  text(8, "WAVEfmt ");
  long(16, 16);
  short(20, 1);  // PCM
  short(22, 1);  // channels
  long(24, rate);
  long(28, 2 * rate);
  short(32, 2);
  short(34, 16);
  text(36, "data");
  long(40, 2 * wave.length);
  wave.forEach((x, i) => short(44 + 2 * i, Math.max(-32768, Math.min(32767, Math.round(x * 32768)))));
  return new Uint8Array(view.buffer);
}

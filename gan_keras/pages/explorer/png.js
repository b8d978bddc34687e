// Chunks of a PNG that say what made it: an XMP packet and a sentence (PNG specification, 11.3.3.4).
"use strict";

const PACKET = "XML:com.adobe.xmp";  // the keyword of the chunk that holds an XMP packet
const AFTER_HEADER = 33;  // bytes: the signature, and the chunk IHDR

/** The checksum of a chunk (CRC-32, as in the PNG specification, annex D). */
function checksum(bytes) {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? sum >>> 1 ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

/** A chunk iTXt: text in UTF-8, not compressed. */
function textChunk(keyword, text) {
  const content = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(content.length + 8), view = new DataView(chunk.buffer);
  view.setUint32(0, content.length - 4);
  chunk.set(content, 4);
  view.setUint32(content.length + 4, checksum(content));
  return chunk;
}

/** A PNG with the texts {keyword: text} in it. */
function marked(png, texts) {
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  const parts = [png.subarray(0, AFTER_HEADER), ...chunks, png.subarray(AFTER_HEADER)];
  const found = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((start, part) => {
    found.set(part, start);
    return start + part.length;
  }, 0);
  return found;
}

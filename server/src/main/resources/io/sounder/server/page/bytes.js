// How bytes that a peer sent are written: as text with the escapes of `serve --show`, or in hexadecimal.

const NAMED = new Map([[0, "\\0"], [9, "\\t"], [10, "\\n"], [13, "\\r"], [27, "\\e"], [92, "\\\\"]]);
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/u;

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

/** For a parser: what is no UTF-8 is replaced. */
export function plain(bytes) {
  return new TextDecoder().decode(bytes);
}

const hexByte = (byte) => byte.toString(16).padStart(2, "0");

function escaped(character) {
  const point = character.codePointAt(0);
  if (NAMED.has(point)) {
    return NAMED.get(point);
  }
  if (!HIDDEN.test(character)) {
    return character;
  }
  if (point < 0x80) {
    return "\\x" + hexByte(point);
  }
  return Array.from({ length: character.length }, (unused, i) => "\\u" + character.charCodeAt(i).toString(16).padStart(4, "0")).join("");
}

// How many bytes the character that begins here takes; 0 if it is none.
function characterLength(bytes, start) {
  const first = bytes[start];
  const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  try {
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(start, start + length));
    return start + length <= bytes.length ? length : 0;
  } catch (e) {
    return 0;
  }
}

/** What is no UTF-8 is shown byte by byte; nothing is left that would not be seen. */
export function asText(bytes) {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return Array.from(decoder.decode(bytes), escaped).join("");
  } catch (e) {
    return piecewise(bytes);
  }
}

function piecewise(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; ) {
    const length = characterLength(bytes, i);
    text += length === 0 ? "\\x" + hexByte(bytes[i]) : escaped(plain(bytes.subarray(i, i + length)));
    i += Math.max(1, length);
  }
  return text;
}

/** Pairs of digits, a gap after each eight. */
export function asHex(bytes) {
  let text = "";
  bytes.forEach((byte, i) => {
    text += (i === 0 ? "" : i % 8 === 0 ? "  " : " ") + hexByte(byte);
  });
  return text;
}

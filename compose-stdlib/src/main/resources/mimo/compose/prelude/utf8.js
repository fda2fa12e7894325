// UTF-8 and the text it stands for.

const REPLACEMENT = 0xfffd;

// The UTF-8 bytes of a text; a lone surrogate becomes U+FFFD.
function encode(text) {
  const bytes = new Uint8Array(3 * text.length);
  let size = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.codePointAt(i);
    if (code > 0xffff) i++;
    else if (code >= 0xd800 && code <= 0xdfff) code = REPLACEMENT;
    size = write(code, bytes, size);
  }
  return bytes.slice(0, size);
}

function write(code, bytes, at) {
  if (code < 0x80) {
    bytes[at++] = code;
  } else if (code < 0x800) {
    bytes[at++] = 0xc0 | (code >> 6);
    bytes[at++] = 0x80 | (code & 0x3f);
  } else if (code < 0x10000) {
    bytes[at++] = 0xe0 | (code >> 12);
    bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
    bytes[at++] = 0x80 | (code & 0x3f);
  } else {
    bytes[at++] = 0xf0 | (code >> 18);
    bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
    bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
    bytes[at++] = 0x80 | (code & 0x3f);
  }
  return at;
}

// A decoder keeps what a chunk left open. Each longest wrong beginning counts as one mistake, which
// `onMistake` answers with a code point, or by throwing.
function decoder(onMistake) {
  let code = 0;
  let missing = 0;
  let lower = 0x80;
  let upper = 0xbf;

  const lead = (byte) => {
    if (byte < 0x80) return byte;
    if (byte < 0xc2 || byte > 0xf4) return onMistake();
    missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    code = byte & (0x3f >> missing);
    if (byte === 0xe0) lower = 0xa0; // else it were written too long
    if (byte === 0xf0) lower = 0x90;
    if (byte === 0xed) upper = 0x9f; // else it were a surrogate
    if (byte === 0xf4) upper = 0x8f; // else it were beyond Unicode
    return undefined;
  };
  const put = (points, point) => {
    if (point !== undefined) points.push(point);
  };
  const take = (points, byte) => {
    if (missing > 0) {
      const fits = byte >= lower && byte <= upper;
      lower = 0x80;
      upper = 0xbf;
      if (fits) {
        code = (code << 6) | (byte & 0x3f);
        if (--missing === 0) put(points, code);
        return;
      }
      missing = 0;
      put(points, onMistake());
    }
    put(points, lead(byte));
  };
  // The code points of a chunk; the last one says that a beginning is a mistake.
  return (bytes, last) => {
    const points = [];
    for (let i = 0; i < bytes.length; i++) take(points, bytes[i]);
    if (last && missing > 0) {
      missing = 0;
      lower = 0x80;
      upper = 0xbf;
      put(points, onMistake());
    }
    return points;
  };
}

function text(points) {
  const STRIDE = 4096; // arguments one call takes without trouble
  let result = "";
  for (let i = 0; i < points.length; i += STRIDE) {
    result += String.fromCodePoint(...points.slice(i, i + STRIDE));
  }
  return result;
}

// The text of UTF-8 bytes, mistakes replaced.
function decode(bytes) {
  return text(decoder(() => REPLACEMENT)(bytes, true));
}

wf.utf8 = { encode, write, decode, decoder, text, REPLACEMENT };

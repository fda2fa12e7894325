// Percent-encoding, with the sets of characters that URLs must not hold bare.

const { utf8 } = wf;

const QUERY = ' "#<>';
const PATH = QUERY + "?^`{}";
const USER = PATH + "/:;=@[\\]|";

const SETS = {
  fragment: ' "<>`',
  query: QUERY + "'",
  path: PATH,
  user: USER,
};

function encodeCharacter(character, set) {
  const code = character.charCodeAt(0);
  if (code > 0x7e) return encodeURIComponent(character);
  if (code > 0x1f && !set.includes(character)) return character;
  return "%" + (code < 16 ? "0" : "") + code.toString(16).toUpperCase();
}

// The text with everything of `set`, control characters and non-ASCII encoded.
function encode(text, set) {
  let result = "";
  for (const character of text.toWellFormed()) result += encodeCharacter(character, set);
  return result;
}

// The bytes of a text in which %xx stands for a byte.
function decode(text) {
  const bytes = utf8.encode(text);
  const result = new Uint8Array(bytes.length);
  let size = 0;
  for (let i = 0; i < bytes.length; i++) {
    const hex = bytes[i] === 0x25 ? String.fromCharCode(bytes[i + 1], bytes[i + 2]) : "";
    if (/^[0-9a-fA-F]{2}$/.test(hex)) {
      result[size++] = parseInt(hex, 16);
      i += 2;
    } else {
      result[size++] = bytes[i];
    }
  }
  return result.slice(0, size);
}

wf.percent = { SETS, encode, decode };

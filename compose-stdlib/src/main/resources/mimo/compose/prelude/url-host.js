// Hosts of URLs: ASCII names, IPv4 and IPv6 addresses. Each function gives the host as it is
// written, or undefined if it is none.

const { percent, utf8 } = wf;

const FORBIDDEN = /[\u0000-\u0020#/:<>?@[\\\]^|%\u007f]/;

function number(text) {
  if (text === "") return undefined;
  const hex = /^0[xX]([0-9a-fA-F]*)$/.exec(text);
  if (hex !== null) return hex[1] === "" ? 0 : parseInt(hex[1], 16);
  if (/^0[0-7]*$/.test(text)) return parseInt(text, 8);
  return /^[1-9][0-9]*$/.test(text) ? parseInt(text, 10) : undefined;
}

function endsInNumber(host) {
  const parts = host.split(".");
  if (parts[parts.length - 1] === "" && parts.length > 1) parts.pop();
  const last = parts[parts.length - 1];
  return /^[0-9]+$/.test(last) || /^0[xX][0-9a-fA-F]*$/.test(last);
}

function ipv4(host) {
  const parts = host.split(".");
  if (parts[parts.length - 1] === "" && parts.length > 1) parts.pop();
  const numbers = parts.map(number);
  if (numbers.length > 4 || numbers.includes(undefined)) return undefined;
  const last = numbers.pop();
  if (numbers.some((each) => each > 255) || last >= 256 ** (4 - numbers.length)) return undefined;
  let address = last;
  numbers.forEach((each, i) => {
    address += each * 256 ** (3 - i);
  });
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

// The two last groups of an IPv6 address may be written as an IPv4 address.
function embedded(text) {
  const match = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (match === null) return text.includes(".") ? undefined : text;
  const bytes = match.slice(2).map((each) => (/^0\d/.test(each) ? 256 : Number(each)));
  if (bytes.some((each) => each > 255)) return undefined;
  const group = (high, low) => (high * 256 + low).toString(16);
  return `${match[1]}${group(bytes[0], bytes[1])}:${group(bytes[2], bytes[3])}`;
}

function groups(text) {
  return text === "" ? [] : text.split(":");
}

function ipv6(text) {
  const halves = embedded(text)?.split("::") ?? [];
  if (halves.length < 1 || halves.length > 2) return undefined;
  const [head, tail] = [groups(halves[0]), halves.length === 2 ? groups(halves[1]) : undefined];
  const written = [...head, ...(tail ?? [])];
  if (!written.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const missing = 8 - written.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...head, ...new Array(missing).fill("0"), ...(tail ?? [])];
  return `[${compressed(all.map((group) => parseInt(group, 16)))}]`;
}

// The first longest run of two or more zeros is written as `::`.
function compressed(pieces) {
  let [best, length] = [-1, 1];
  for (let i = 0; i < pieces.length; i++) {
    let end = i;
    while (end < pieces.length && pieces[end] === 0) end++;
    if (end - i > length) [best, length] = [i, end - i];
  }
  const hex = (list) => list.map((piece) => piece.toString(16)).join(":");
  if (best < 0) return hex(pieces);
  return `${hex(pieces.slice(0, best))}::${hex(pieces.slice(best + length))}`;
}

wf.parseHost = (text) => {
  if (text.startsWith("[")) return text.endsWith("]") ? ipv6(text.slice(1, -1)) : undefined;
  const host = utf8.decode(percent.decode(text)).toLowerCase();
  if (host === "" || FORBIDDEN.test(host) || !/^[\u0000-\u007f]*$/.test(host)) return undefined;
  return endsInNumber(host) ? ipv4(host) : host;
};

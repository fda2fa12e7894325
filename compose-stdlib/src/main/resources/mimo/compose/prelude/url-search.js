// URLSearchParams: the pairs of a query (L60).

const { percent, utf8 } = wf;

const BARE = /[A-Za-z0-9*\-._]/;

function encodePart(text) {
  let result = "";
  for (const character of text) {
    if (character === " ") result += "+";
    else if (BARE.test(character)) result += character;
    // Leaves five characters bare that a form does not.
    else result += percent.encode(encodeURIComponent(character), "!'()~");
  }
  return result;
}

function decodePart(text) {
  return utf8.decode(percent.decode(text.replaceAll("+", " ")));
}

function parse(text) {
  const pairs = [];
  text.split("&").forEach((piece) => {
    if (piece === "") return;
    const at = piece.indexOf("=");
    const name = at < 0 ? piece : piece.slice(0, at);
    pairs.push([decodePart(name), decodePart(at < 0 ? "" : piece.slice(at + 1))]);
  });
  return pairs;
}

const wellFormed = (value) => `${value}`.toWellFormed();

function pairOf(entry) {
  const pair = [...entry];
  if (pair.length !== 2) {
    throw wf.badArgument("URLSearchParams: each pair needs a name and a value");
  }
  return [wellFormed(pair[0]), wellFormed(pair[1])];
}

function pairsOf(init) {
  if (init === undefined || init === null) return [];
  if (typeof init !== "object" && typeof init !== "function") {
    const text = wellFormed(init);
    return parse(text.startsWith("?") ? text.slice(1) : text);
  }
  if (typeof init[Symbol.iterator] === "function") return [...init].map(pairOf);
  return Object.keys(init).map((name) => [wellFormed(name), wellFormed(init[name])]);
}

class URLSearchParams {
  #pairs;
  #changed = () => {};

  constructor(init) {
    this.#pairs = pairsOf(init);
  }

  // For URL alone: a view of its query that reports every change. Returns what replaces the pairs.
  static #bound(onChange) {
    const params = new URLSearchParams();
    params.#changed = onChange;
    const replace = (query) => {
      params.#pairs = parse(query);
    };
    return { params, replace };
  }

  static {
    wf.boundSearchParams = URLSearchParams.#bound;
  }

  get size() {
    return this.#pairs.length;
  }

  get [Symbol.toStringTag]() {
    return "URLSearchParams";
  }

  append(name, value) {
    this.#pairs.push([wellFormed(name), wellFormed(value)]);
    this.#changed(this.toString());
  }

  delete(name, value) {
    const matches = this.#matcher(name, value);
    this.#pairs = this.#pairs.filter((pair) => !matches(pair));
    this.#changed(this.toString());
  }

  get(name) {
    const pair = this.#pairs.find(this.#matcher(name));
    return pair === undefined ? null : pair[1];
  }

  getAll(name) {
    return this.#pairs.filter(this.#matcher(name)).map((pair) => pair[1]);
  }

  has(name, value) {
    return this.#pairs.some(this.#matcher(name, value));
  }

  set(name, value) {
    const matches = this.#matcher(name);
    const first = this.#pairs.findIndex(matches);
    if (first < 0) {
      this.#pairs.push([wellFormed(name), wellFormed(value)]);
    } else {
      this.#pairs[first][1] = wellFormed(value);
      this.#pairs = this.#pairs.filter((pair, i) => i <= first || !matches(pair));
    }
    this.#changed(this.toString());
  }

  sort() {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#changed(this.toString());
  }

  forEach(callback, self) {
    for (let i = 0; i < this.#pairs.length; i++) {
      const [name, value] = this.#pairs[i];
      callback.call(self, value, name, this);
    }
  }

  *entries() {
    for (let i = 0; i < this.#pairs.length; i++) yield [...this.#pairs[i]];
  }

  *keys() {
    for (let i = 0; i < this.#pairs.length; i++) yield this.#pairs[i][0];
  }

  *values() {
    for (let i = 0; i < this.#pairs.length; i++) yield this.#pairs[i][1];
  }

  [Symbol.iterator]() {
    return this.entries();
  }

  toString() {
    return this.#pairs.map(([name, value]) => `${encodePart(name)}=${encodePart(value)}`).join("&");
  }

  #matcher(name, value) {
    const wanted = wellFormed(name);
    const exact = value === undefined ? undefined : wellFormed(value);
    return (pair) => pair[0] === wanted && (exact === undefined || pair[1] === exact);
  }
}

wf.define("URLSearchParams", URLSearchParams);

// TextEncoder and TextDecoder, for UTF-8 alone (L60).

const { utf8 } = wf;

class TextEncoder {
  get encoding() {
    return "utf-8";
  }

  get [Symbol.toStringTag]() {
    return "TextEncoder";
  }

  encode(input = "") {
    return utf8.encode(`${input}`);
  }

  encodeInto(source, destination) {
    if (!(destination instanceof Uint8Array)) {
      throw wf.badArgument("encodeInto: the destination must be a Uint8Array");
    }
    const text = `${source}`.toWellFormed();
    const one = new Uint8Array(4);
    let read = 0;
    let written = 0;
    while (read < text.length) {
      const code = text.codePointAt(read);
      const size = utf8.write(code, one, 0);
      if (written + size > destination.length) break;
      for (let i = 0; i < size; i++) destination[written++] = one[i];
      read += code > 0xffff ? 2 : 1;
    }
    return { read, written };
  }
}

const NAMES = [
  "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "utf-8", "utf8", "x-unicode20utf8",
];

const BOM = 0xfeff;

function bytesOf(input) {
  if (input === undefined) return new Uint8Array(0);
  if (ArrayBuffer.isView(input)) {
    return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  }
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  throw wf.badArgument("decode: the input must be an ArrayBuffer or a view of one");
}

class TextDecoder {
  #fatal;
  #ignoreBOM;
  #decode = null; // null: the next chunk is the first
  #begun = false;

  constructor(label = "utf-8", options = {}) {
    const name = `${label}`.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, "").toLowerCase();
    if (!NAMES.includes(name)) {
      throw new RangeError(`TextDecoder: only utf-8 is there, not "${label}"`);
    }
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
  }

  get encoding() {
    return "utf-8";
  }

  get fatal() {
    return this.#fatal;
  }

  get ignoreBOM() {
    return this.#ignoreBOM;
  }

  get [Symbol.toStringTag]() {
    return "TextDecoder";
  }

  decode(input, options = {}) {
    const bytes = bytesOf(input);
    const stream = Boolean(options?.stream);
    this.#decode ??= utf8.decoder(() => this.#mistake());
    const points = this.#decode(bytes, !stream);
    const bom = !this.#begun && !this.#ignoreBOM && points[0] === BOM;
    this.#begun ||= points.length > 0;
    if (!stream) this.#reset();
    return utf8.text(bom ? points.slice(1) : points);
  }

  #mistake() {
    if (!this.#fatal) return utf8.REPLACEMENT;
    this.#reset();
    throw new TypeError("TextDecoder: the bytes are no UTF-8");
  }

  #reset() {
    this.#decode = null;
    this.#begun = false;
  }
}

wf.define("TextEncoder", TextEncoder);
wf.define("TextDecoder", TextDecoder);

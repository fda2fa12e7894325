// URL, for http, https and file (L60).

const { percent, urlParser } = wf;
const { PORTS, clean } = urlParser;
const { SETS } = percent;

function authority({ host, port }) {
  return port === null ? host : `${host}:${port}`;
}

function credentials({ username, password }) {
  if (username === "" && password === "") return "";
  return password === "" ? `${username}@` : `${username}:${password}@`;
}

function written(url) {
  const query = url.query === null ? "" : `?${url.query}`;
  const hash = url.fragment === null ? "" : `#${url.fragment}`;
  const site = `${url.scheme}://${credentials(url)}${authority(url)}`;
  return `${site}/${url.path.join("/")}${query}${hash}`;
}

function read(text, base) {
  const seen = base === undefined ? undefined : urlParser.parse(`${base}`.toWellFormed());
  if (base !== undefined && seen === undefined) return undefined;
  return urlParser.parse(`${text}`.toWellFormed(), seen);
}

class URL {
  #url;
  #search = null;

  constructor(text, base) {
    if (arguments.length === 0) throw wf.badArgument("URL: the text is missing");
    const url = read(text, base);
    if (url === undefined) {
      throw wf.badArgument("URL: only http, https and file with an ASCII host can be read");
    }
    this.#url = url;
  }

  static canParse(text, base) {
    return read(text, base) !== undefined;
  }

  static parse(text, base) {
    return URL.canParse(text, base) ? new URL(text, base) : null;
  }

  get [Symbol.toStringTag]() {
    return "URL";
  }

  get href() {
    return written(this.#url);
  }

  set href(text) {
    this.#url = new URL(text).#url;
    this.#search?.replace(this.#url.query ?? "");
  }

  get origin() {
    const { scheme } = this.#url;
    return scheme === "file" ? "null" : `${scheme}://${authority(this.#url)}`;
  }

  get protocol() {
    return `${this.#url.scheme}:`;
  }

  set protocol(text) {
    const url = this.#url;
    const scheme = /^[A-Za-z][A-Za-z0-9+.-]*(?=:|$)/.exec(clean(`${text}`))?.[0].toLowerCase();
    if (PORTS[scheme] === undefined) return;
    if (scheme === "file" && (credentials(url) !== "" || url.port !== null)) return;
    if (url.scheme === "file" && url.host === "") return;
    url.scheme = scheme;
    if (url.port === PORTS[scheme]) url.port = null;
  }

  get username() {
    return this.#url.username;
  }

  set username(text) {
    if (this.#takesAuthority()) this.#url.username = percent.encode(`${text}`, SETS.user);
  }

  get password() {
    return this.#url.password;
  }

  set password(text) {
    if (this.#takesAuthority()) this.#url.password = percent.encode(`${text}`, SETS.user);
  }

  get host() {
    return authority(this.#url);
  }

  set host(text) {
    this.#setHost(clean(`${text}`).split(/[/\\?#]/, 1)[0]);
  }

  get hostname() {
    return this.#url.host;
  }

  set hostname(text) {
    const name = clean(`${text}`).split(/[/\\?#]/, 1)[0];
    if (name.startsWith("[") || !name.includes(":")) this.#setHost(name);
  }

  get port() {
    return this.#url.port === null ? "" : `${this.#url.port}`;
  }

  set port(text) {
    const [digits] = /^[0-9]*/.exec(clean(`${text}`));
    if (!this.#takesAuthority() || (digits === "" && `${text}` !== "")) return;
    const port = Number(digits);
    const usual = digits === "" || port === PORTS[this.#url.scheme];
    if (port <= 65535) this.#url.port = usual ? null : port;
  }

  get pathname() {
    return `/${this.#url.path.join("/")}`;
  }

  set pathname(text) {
    this.#url.path = [];
    urlParser.parsePath(this.#url, clean(`${text}`));
  }

  get search() {
    return this.#url.query ? `?${this.#url.query}` : "";
  }

  set search(text) {
    const query = `${text}`;
    if (query === "") this.#url.query = null;
    else urlParser.parseQuery(this.#url, clean(query.startsWith("?") ? query.slice(1) : query));
    this.#search?.replace(this.#url.query ?? "");
  }

  get searchParams() {
    if (this.#search === null) {
      this.#search = wf.boundSearchParams((query) => {
        this.#url.query = query === "" ? null : query;
      });
      this.#search.replace(this.#url.query ?? "");
    }
    return this.#search.params;
  }

  get hash() {
    return this.#url.fragment ? `#${this.#url.fragment}` : "";
  }

  set hash(text) {
    const hash = `${text}`;
    if (hash === "") this.#url.fragment = null;
    else urlParser.parseFragment(this.#url, clean(hash.startsWith("#") ? hash.slice(1) : hash));
  }

  toString() {
    return this.href;
  }

  toJSON() {
    return this.href;
  }

  // A file has neither user nor port.
  #takesAuthority() {
    return this.#url.scheme !== "file" && this.#url.host !== "";
  }

  #setHost(text) {
    if (this.#url.scheme === "file") {
      if (text.includes(":") && !text.startsWith("[")) return;
      const host = text === "" ? "" : wf.parseHost(text);
      if (host !== undefined) this.#url.host = host === "localhost" ? "" : host;
      return;
    }
    const [, name, digits = ""] = /^(\[[^\]]*\]|[^:]*)(?:$|:([0-9]*))/.exec(text) ?? [];
    const host = name === undefined ? undefined : wf.parseHost(name);
    if (host === undefined) return;
    this.#url.host = host;
    if (digits !== "") this.port = digits;
  }
}

wf.define("URL", URL);

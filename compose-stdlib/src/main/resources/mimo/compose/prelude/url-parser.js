// From text to the parts of a URL, as browsers read http, https and file (L60). A part that makes
// no sense makes the whole undefined.

const { percent } = wf;
const { SETS } = percent;

const PORTS = { __proto__: null, "http": 80, "https": 443, "file": null };
const isSlash = (character) => character === "/" || character === "\\";
const isDrive = (text) => /^[A-Za-z][:|]$/.test(text);
const beginsWithDrive = (text) => /^[A-Za-z][:|](?:$|[/\\?#])/.test(text);

// Browsers drop these wherever they stand.
const clean = (text) => text.replace(/[\t\n\r]/g, "");

function splitAt(text, pattern) {
  const at = text.search(pattern);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at)];
}

function parsePort(url, text) {
  if (text === "") {
    url.port = null;
    return url;
  }
  const port = Number(text);
  if (!/^[0-9]+$/.test(text) || port > 65535) return undefined;
  url.port = port === PORTS[url.scheme] ? null : port;
  return url;
}

// `host` or `host:port`.
function parseHostAndPort(url, text) {
  const [, name, , port = ""] = /^(\[[^\]]*\]|[^:]*)(:(.*))?$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const host = wf.parseHost(name);
  if (host === undefined) return undefined;
  url.host = host;
  return parsePort(url, port);
}

function parseAuthority(url, text) {
  const at = text.lastIndexOf("@");
  if (at >= 0) {
    const [user, password] = splitAt(text.slice(0, at), /:/);
    url.username = percent.encode(user, SETS.user);
    url.password = percent.encode(password.slice(1), SETS.user);
  }
  return parseHostAndPort(url, text.slice(at + 1));
}

function shorten(url) {
  const { path } = url;
  if (url.scheme === "file" && path.length === 1 && /^[A-Za-z]:$/.test(path[0])) return;
  path.pop();
}

const isSingleDot = (segment) => /^(?:\.|%2e)$/i.test(segment);
const isDoubleDot = (segment) => /^(?:\.|%2e){2}$/i.test(segment);

// Adds the segments of a path to what the URL has already.
function parsePath(url, text) {
  const segments = (isSlash(text[0]) ? text.slice(1) : text).split(/[/\\]/);
  segments.forEach((segment, i) => {
    const last = i + 1 === segments.length;
    if (isDoubleDot(segment)) {
      shorten(url);
      if (last) url.path.push("");
    } else if (isSingleDot(segment)) {
      if (last) url.path.push("");
    } else {
      const drive = url.scheme === "file" && url.path.length === 0 && isDrive(segment);
      url.path.push(drive ? `${segment[0]}:` : percent.encode(segment, SETS.path));
    }
  });
}

function parseQuery(url, text) {
  url.query = percent.encode(text, SETS.query);
}

function parseFragment(url, text) {
  url.fragment = percent.encode(text, SETS.fragment);
}

// What stands behind the authority, onto a path that may have a beginning.
function parseRest(url, text) {
  const [beforeHash, hash] = splitAt(text, /#/);
  const [path, query] = splitAt(beforeHash, /\?/);
  parsePath(url, path);
  if (query !== "") parseQuery(url, query.slice(1));
  if (hash !== "") parseFragment(url, hash.slice(1));
  return url;
}

function empty(scheme) {
  const user = { username: "", password: "" };
  return { scheme, ...user, host: "", port: null, path: [], query: null, fragment: null };
}

function fromAuthority(scheme, text) {
  const [authority, rest] = splitAt(text.replace(/^[/\\]+/, ""), /[/\\?#]/);
  const url = parseAuthority(empty(scheme), authority);
  return url === undefined ? undefined : parseRest(url, rest);
}

// `text` seen from `base`: without a path of its own it keeps the base's.
function fromBase(base, text) {
  const url = { ...base, path: [...base.path], fragment: null };
  if (text === "") return url;
  if (text[0] === "#") {
    parseFragment(url, text.slice(1));
    return url;
  }
  url.query = null;
  if (text[0] === "?") {
    const [query, hash] = splitAt(text.slice(1), /#/);
    parseQuery(url, query);
    if (hash !== "") parseFragment(url, hash.slice(1));
    return url;
  }
  if (isSlash(text[0])) url.path = [];
  else if (url.scheme === "file" && beginsWithDrive(text)) url.path = [];
  else shorten(url);
  return parseRest(url, text);
}

function fromFileAuthority(text) {
  const url = empty("file");
  const [authority, rest] = splitAt(text, /[/\\?#]/);
  if (isDrive(authority)) return parseRest(url, text);
  if (authority !== "") {
    const host = wf.parseHost(authority);
    if (host === undefined) return undefined;
    url.host = host === "localhost" ? "" : host;
  }
  return parseRest(url, rest);
}

function fromFile(base, text) {
  if (isSlash(text[0]) && isSlash(text[1])) return fromFileAuthority(text.slice(2));
  if (base === undefined || base.scheme !== "file") return parseRest(empty("file"), text);
  if (!isSlash(text[0])) return fromBase(base, text);
  const url = { ...empty("file"), host: base.host };
  const drive = base.path[0];
  if (!beginsWithDrive(text.slice(1)) && /^[A-Za-z]:$/.test(drive ?? "")) url.path.push(drive);
  return parseRest(url, text);
}

function parse(input, base) {
  const text = clean(input.replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, ""));
  const [, name, after] = /^([A-Za-z][A-Za-z0-9+.-]*):([^]*)$/.exec(text) ?? [];
  const scheme = name?.toLowerCase() ?? base?.scheme;
  if (scheme === undefined || PORTS[scheme] === undefined) return undefined;
  const rest = name === undefined ? text : after;
  if (scheme === "file") return fromFile(base, rest);
  const slashes = isSlash(rest[0]) && isSlash(rest[1]);
  if (base?.scheme !== scheme || slashes) return fromAuthority(scheme, rest);
  return fromBase(base, rest);
}

wf.urlParser = { PORTS, clean, parse, parsePath, parseQuery, parseFragment };

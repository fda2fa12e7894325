// C65 (L126, L127) Errors are made, wrapped, extended and looked at as elsewhere.
// result: [true,"NotFound: x is not there","TypeError","x","string",["name","what"],"Old: old",true,["TypeError","RangeError"],"both",["TypeError","bad_argument",true],"URIError: u","{\"error\":{}}"]

export const meta = { name: "c65", description: "Is written as people write." };

class NotFound extends Error {
  constructor(what, options) {
    super(`${what} is not there`, options);
    this.name = "NotFound";
    this.what = what;
    Error.captureStackTrace?.(this, NotFound);
  }
}
function Old(message) {
  this.message = message;
}
Old.prototype = Object.create(Error.prototype, { name: { value: "Old" } });

const seen = [];
try {
  try {
    null.x;
  } catch (cause) {
    throw new NotFound("x", { cause });
  }
} catch (e) {
  seen.push(e instanceof NotFound, `${e}`, e.cause.name, e.what, typeof e.stack, Object.keys(e));
}
try {
  throw new Old("old");
} catch (e) {
  seen.push(String(e), e instanceof Error);
}
const all = new AggregateError([new TypeError("t"), new RangeError("r")], "both");
seen.push(all.errors.map((e) => e.name), all.message);
seen.push(await agent().catch((e) => [e.name, e.code, e instanceof TypeError]));
const later = await Promise.reject(new URIError("u")).catch((e) => `${e.name}: ${e.message}`);
seen.push(later, JSON.stringify({ error: new Error("hidden") }));
return seen;

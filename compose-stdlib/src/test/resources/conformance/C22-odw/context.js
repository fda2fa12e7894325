// C22 (L68) In odw `context` is a map of copies for the whole run.
// dialect: odw
// result: {"first":{"n":1},"second":{"n":1},"list":["a","b"],"all":["seen","state"],"gone":"undefined"}

export const meta = { name: "c22", description: "Keeps things in the context." };

const state = { n: 1 };
context.set("state", state);
state.n = 2;
const first = context.get("state");
first.extra = true;
delete first.extra;
context.append("seen", "a");
context.append("seen", "b");
return {
  first,
  second: context.get("state"),
  list: context.get("seen"),
  all: Object.keys(context.snapshot()).sort(),
  gone: typeof context.get("nothing"),
};

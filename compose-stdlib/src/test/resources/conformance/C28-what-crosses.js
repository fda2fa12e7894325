// C28 (L36) Values cross as JSON does; what JSON cannot say is refused, naming the place.
// asks: odd
// answers: odd: {"z":1,"__proto__":{"a":2},"list":[null]}
// result: {"back":{"z":1,"__proto__":{"a":2},"list":[null]},"proto":true,"refused":[[true,"bad_argument","schema.deep[0].self is a part of itself (a cycle); only JSON-like values can be passed"],[true,"bad_argument","schema.n is a BigInt; only JSON-like values can be passed"],[true,"bad_argument","schema.f is a function; only JSON-like values can be passed"],[true,"bad_argument","schema.list[0] is a symbol; only JSON-like values can be passed"]]}

export const meta = { name: "c28", description: "Sends odd values across." };

const schema = { const: { gone: undefined, odd: [NaN, Infinity, -0, new Date(0)] } };
const back = await agent("Odd.", { label: "odd", schema });

const cycle = { deep: [] };
cycle.deep.push({ self: cycle });
const refused = [];
for (const bad of [cycle, { n: 1n }, { f() {} }, { list: [Symbol("s")] }]) {
  try {
    await agent("Bad.", { schema: bad });
  } catch (e) {
    refused.push([e instanceof TypeError, e.code, e.message]);
  }
}
return { back, proto: Object.getPrototypeOf(back) === Object.prototype, refused };

// C65 (L126, L127) What is returned crosses as JSON does.
// result: {"map":{},"set":{},"date":"1970-01-01T00:00:00.000Z","pattern":{},"error":{},"nan":null,"minus":0,"list":[null,null,1],"nested":{"toJSON":"data"},"bytes":{"0":1,"1":2},"boxed":[{},{"0":"s"}],"url":"http://a.example/"}

export const meta = { name: "c65", description: "Is written as people write." };

return {
  map: new Map([["a", 1]]), set: new Set([1]), date: new Date(0), pattern: /x/g, error: new Error("e"),
  nothing: undefined, nan: NaN, minus: -0, list: [undefined, , 1], nested: { toJSON: "data" },
  bytes: new Uint8Array([1, 2]), boxed: [Object(1), Object("s")], url: new URL("http://a.example").href,
};

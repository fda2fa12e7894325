// expect: nothing leaks
for (const key of Reflect.ownKeys(globalThis)) {
  if (typeof key === "string" && /left|polluted|mark|escaped/.test(key)) leaks.push(key);
}
attempt("object", () => ({}).polluted);
attempt("array", () => [].polluted);
attempt("symbol", () => globalThis[Symbol.for("left")]);
globalThis.Math && attempt("write", () => { Math.left = 1; return Math.left; });

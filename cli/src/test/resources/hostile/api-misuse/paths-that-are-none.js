// expect: finished ["bad_argument"]
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const codes = [];
const refused = async (attack) => {
  try { const got = await attack(); codes.push("passed " + typeof got); } catch (e) { codes.push(e.code ?? e.name); }
};
for (const path of [undefined, null, "", 1, {}, ["a"], { toString: () => "../x" }, new String("x"), /x/, () => "x"]) {
  await refused(() => readFile(path));
  await refused(() => exists(path));
  await refused(() => writeFile(path, "x"));
  await refused(() => glob(path));
}
await refused(() => glob("*", { gitignore: "yes" }));
for (const text of [undefined, null, 1, {}, ["a"], new String("x"), "\udfff", "[REDACTED:live:0af3]"]) {
  await refused(() => writeFile("x", text));
}
return [...new Set(codes)];

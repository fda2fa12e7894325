// C65 (L126, L127) An await may stand in the head and in the body of every statement.
// asks: for
// asks: while
// asks: switch
// result: [0,2,"0a","1b","one","two","p","q","r",22,"case b","default","11","31","finally return","finally throw","returned","caught thrown","else"]

export const meta = { name: "c65", description: "Is written as people write." };

const v = async (value) => (await null, value);
const log = [];

for (let i = await v(0); i < (await v(3)); i += await v(2)) log.push(i);
for (const [i, x] of (await v(["a", "b"])).entries()) log.push(i + (await v(x)));
for (const key in await v({ one: 1, two: 2 })) log.push(await v(key));
for await (const each of [v("p"), "q", v("r")]) log.push(each);
let n = 0;
while (await v(n < 2)) n++;
do n += await v(10); while (await v(n < 20));
log.push(n);
switch (await v("b")) {
  case await v("a"):
    log.push("wrong");
  case "b":
    log.push(await v("case b"));
  // falls through
  default:
    log.push("default");
}
outer: for (const a of [1, 2, 3]) {
  for (const b of [1, 2, 3]) {
    if ((await v(a)) === 2) continue outer;
    if (b === 2) break;
    log.push(`${a}${await v(b)}`);
  }
}
block: {
  if (await v(true)) break block;
  log.push("never");
}
const tried = async (how) => {
  try {
    if (how === "throw") throw await v(new Error("thrown"));
    return await v("returned");
  } catch ({ message }) {
    return `caught ${await v(message)}`;
  } finally {
    log.push(`finally ${await v(how)}`);
  }
};
log.push(await tried("return"), await tried("throw"));
if (await v(false)) log.push("never");
else if (await v(1)) log.push("else");
for (const word of ["for", "while", "switch"]) if (await agent(word)) continue;
return log;

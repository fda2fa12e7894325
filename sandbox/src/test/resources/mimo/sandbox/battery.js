/* Each call says as its prompt in which snippet it stands and which path it must have. */
const four = [0, 1, 2, 3];
const ask = (snippet, path) => agent(snippet + "|" + path);
const all = (thunk) => parallel(four.map((i) => () => thunk("p" + i, i)));

await all(async (at) => { for (let i = 0; i < 3; i++) await ask("await in a loop", at); });

await all((at) => ask("then", at).then(() => ask("then", at)).then(() => ask("then", at)));

await all((at) => ask("finally", at).finally(() => ask("finally", at)).then(() => ask("finally", at)));

await all(async (at) => {
  try { await ask("catch", at); throw new Error("x"); }
  catch (e) { await ask("catch", at); }
  finally { await ask("catch", at); await ask("catch", at); }
  await ask("catch", at);
});

await all(async (at) => {
  try { await ask("rejected", at).then(() => { throw 1; }); } catch { await ask("rejected", at); }
  await ask("rejected", at).then(() => Promise.reject(2)).catch(() => ask("rejected", at));
});

await all(async (at) => {
  const inner = async () => { await ask("nested function", at); await ask("nested function", at); };
  await inner(); await Promise.all([inner(), inner()]); await ask("nested function", at);
});

await all(async (at) => {
  await parallel([
    async () => { await ask("nested parallel", at + "/p0"); await ask("nested parallel", at + "/p0"); },
    async () => ask("nested parallel", at + "/p1"),
  ]);
  await ask("nested parallel", at);
});

await pipeline(four,
  async (v, item) => { await ask("pipeline", "l" + item + "/0"); return ask("pipeline", "l" + item + "/0"); },
  (v, item) => ask("pipeline", "l" + item + "/1").then(() => ask("pipeline", "l" + item + "/1")));

await all(async (at) => {
  async function* produce() { for (let i = 0; i < 3; i++) { await ask("async generator", at); yield i; } }
  for await (const x of produce()) await ask("async generator", at);
  await ask("async generator", at);
});

await all(async (at) => {
  outer: for await (const x of [ask("labelled", at), ask("labelled", at)]) {
    for (const y of four) { await ask("labelled", at); if (y === 1) continue outer; }
  }
  await ask("labelled", at);
});

await all(async (at) => {
  for await (const x of [1, 2].map(() => ask("for await without braces", at))) if (x) ask("for await without braces", at);
  await ask("for await without braces", at);
});

await all(async (at) => {
  async function* numbers() { try { yield 1; yield 2; } finally { await ask("broken off", at); } }
  for await (const n of numbers()) { await ask("broken off", at); break; }
  await ask("broken off", at);
});

await all(async (at) => {
  async function* inner() { yield await ask("yield star", at); }
  async function* outer() { yield* inner(); await ask("yield star", at); }
  const it = outer(); await it.next(); await it.next(); await ask("yield star", at);
});

await all(async (at) => {
  const thenable = { then(resolve) { ask("thenable", at).then(resolve); } };
  await thenable; await ask("thenable", at);
  await { then: (resolve) => resolve(1) }; await ask("thenable", at);
});

let shared;
await all(async (at) => {
  shared ??= agent("shared promise|" + at);
  await shared; await ask("shared promise", at);
  await shared.then(() => ask("shared promise", at));
});

let free = 2;
const queue = [];
await all(async (at) => {
  if (free > 0) free--; else await new Promise((resolve) => queue.push(resolve));
  await ask("semaphore", at); await ask("semaphore", at);
  const next = queue.shift(); if (next) next(); else free++;
  await ask("semaphore", at);
});

const gates = four.map(() => { const g = {}; g.open = new Promise((resolve) => (g.go = resolve)); return g; });
await all(async (at, i) => {
  if (i > 0) await gates[i].open;
  await ask("opened by a sibling", at);
  if (i < 3) gates[i + 1].go();
  await ask("opened by a sibling", at);
});

await all(async (at) => {
  const race = await Promise.race([ask("race", at), ask("race", at)]);
  await Promise.allSettled([ask("race", at), Promise.reject(1)]);
  await Promise.any([ask("race", at), Promise.reject(1)]).then(() => ask("race", at));
  await ask("race", at);
});

await all(async (at) => {
  const arrow = async (x = 1, { y } = {}) => (await ask("arrows", at), await ask("arrows", at));
  await arrow(); const nested = async () => async () => await ask("arrows", at); await (await nested())();
  const o = { async m() { await ask("arrows", at); return ask("arrows", at); } }; await o.m();
  class C { static async s() { await ask("arrows", at); await ask("arrows", at); } #p = async () => await ask("arrows", at); run() { return this.#p(); } }
  await C.s(); await new C().run();
});

await all(async (at) => {
  await twice(async () => { await ask("library that awaits", at); });
  await twice(() => ask("library that awaits", at));
  await ask("library that awaits", at);
});

await all(async (at) => {
  const values = [await ask("expressions", at), `${await ask("expressions", at)}`, { k: await ask("expressions", at) }];
  const pick = (await ask("expressions", at)) ? await ask("expressions", at) : await 0;
  await (await (async () => ask("expressions", at))()); values.push(...(await Promise.all([ask("expressions", at)])));
  if (await ask("expressions", at)) for (const v of await [1]) await ask("expressions", at); else await 1;
});

const floating = [];
await all(async (at) => { floating.push((async () => { await ask("floating", at); await ask("floating", at); })()); });
await Promise.all(floating);

await ask("top", "");
return "done";

// C65 (L126, L127) Promises are combined in every way there is.
// asks: a
// asks: b
// asks: c
// asks: slow
// asks: quick
// answers: c: !budget_exhausted
// result: {"told":["fulfilled","fulfilled","budget_exhausted"],"raced":"first","any":"any","none":["AggregateError",[1]],"resolved":"resolved","chained":"slow","order":[2,1,3],"tried":"tried","gathered":["quick",2,3]}

export const meta = { name: "c65", description: "Is written as people write." };

const told = await Promise.allSettled(["a", "b", "c"].map((x) => agent(x)));
const raced = await Promise.race([new Promise(() => {}), Promise.resolve("first")]);
const any = await Promise.any([Promise.reject(new Error("no")), Promise.resolve("any")]);
const none = await Promise.any([Promise.reject(1)]).catch((e) => [e.name, e.errors]);
const { promise, resolve } = Promise.withResolvers();
queueMicrotask(() => resolve("resolved"));
const chained = await agent("slow")
  .then((text) => [text, "then"])
  .then(([text]) => Promise.reject(new Error(text)))
  .catch((e) => e.message)
  .finally(() => "ignored");
const order = [];
const wait = async (x) => { await null; order.push(x); };
await Promise.all([wait(1), (async () => order.push(2))(), Promise.resolve().then(() => order.push(3))]);
const tried = await Promise.try(() => { throw new Error("tried"); }).catch((e) => e.message);
const gathered = await Promise.all([agent("quick"), 2, { then: (yes) => yes(3) }]);
return {
  told: told.map(({ status, reason }) => reason?.code ?? status), raced, any, none,
  resolved: await promise, chained, order, tried, gathered,
};

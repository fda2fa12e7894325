export const meta: WorkflowMeta = { name: "calls", description: 1 }; // TS2322

await agent(); // TS2554
await agent(1); // TS2769
await agent("a", { labl: "x" }); // TS2769
await agent("a", { effort: "extreme" }); // TS2769
const n: number = await agent("a"); // TS2322
await parallel([agent("a")]); // TS2769
await parallel([() => agent("a")], 3, 4); // TS2554
await pipeline("text", (all) => all); // TS2769
await dag([{ name: "a" }], () => 1); // TS2353
phase(); // TS2554
phase(3); // TS2345
const text: string = await readFile("a"); // TS2322
budget.total = 3; // TS2540
budget.spend(); // TS2551
require("fs"); // TS2591
fetch("https://example.org"); // TS2304
await verify("x", { reviewer: 2 }); // TS2561
new URL(); // TS2554
await loopUntilDry({}); // TS2345
await retry(() => 1, { times: 3 }); // TS2353
args = 3; // TS2588

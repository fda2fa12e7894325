// C38 (L50, L51) What moments are asked for, and where what comes of them belongs.
// asks: sleep 90000 ms
// asks: setTimeout 0 ms
// asks: setTimeout 7200000 ms
// asks: setTimeout 1 ms @ p0
// asks: in time @ p0
// result: [null,["a",1],"in time",true]

export const meta = { name: "c38", description: "Waits." };

const nothing = await sleep("90s");
const soon = await new Promise((resolve) => setTimeout((...all) => resolve(all), undefined, "a", 1));
const never = setTimeout(() => log("too late"), "2h");
clearTimeout(never);
clearTimeout(never);
clearTimeout();
const [late] = await parallel([
  () =>
    new Promise((resolve) => {
      setTimeout(() => resolve(agent("Go on.", { label: "in time" })), 0.5);
    }),
]);
return [nothing ?? null, soon, late, typeof never === "number"];

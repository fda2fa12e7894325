// C24 (L32) The clock stands still between answers, goes on with each, and never back.
// asks: a
// asks: b
// result: {"start":"2026-11-01T12:00:00.000Z","still":true,"steps":[1000,1000],"given":0,"text":"Sun, 01 Nov 2026 12:00:02 GMT"}

export const meta = { name: "c24", description: "Looks at the clock." };

const start = Date.now();
let still = true;
for (let i = 0; i < 1000; i++) still &&= Date.now() === start && +new Date() === start;
const seen = [start];
for (const label of ["a", "b"]) {
  await agent("What time is it?", { label });
  seen.push(Date.now());
}
const steps = seen.slice(1).map((at, i) => at - seen[i]);
return {
  start: new Date(start).toISOString(), still, steps, given: new Date(0).getTime(),
  text: new Date().toUTCString(),
};

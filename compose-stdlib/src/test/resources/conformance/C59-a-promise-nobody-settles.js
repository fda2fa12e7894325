// C59 (L111) A script that waits for nothing ends at once, and tells where it waits.
// asks: a
// fails: deadlock at 10:3: the script awaits a promise that nothing can settle: no agent, read or other call is open

export const meta = { name: "c59", description: "Waits for nobody." };

await agent("Go on.", { label: "a" });
const never = new Promise(() => {});
if (never) {
  await never;
}

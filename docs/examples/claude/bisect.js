// Finds the change that broke something: halves the list, asks about the middle, halves again.
// One after the other, since each answer decides what to ask next.
export const meta = {
  name: "bisect",
  description: "Finds the first bad change in a list, by halving.",
  phases: ["Halve"],
};

const { changes = [], symptom = "the build fails" } = args ?? {};
if (changes.length < 2) throw new Error("bisect needs at least two changes, the oldest first");

const VERDICT = {
  type: "object",
  properties: { state: { enum: ["good", "bad", "cannot tell"] }, why: { type: "string" } },
  required: ["state", "why"],
};

phase("Halve");
let good = 0;
let bad = changes.length - 1;
const path = [];
const untold = new Set();
search: while (bad - good > 1) {
  const middle = (good + bad) >> 1;
  // A change nobody can judge is passed over, to its neighbours in turn.
  for (let step = 0; step < bad - good - 1; step++) {
    const at = good + 1 + ((middle - good - 1 + step) % (bad - good - 1));
    if (untold.has(at)) continue;
    const verdict = await agent(`As of ${changes[at]}: is it so that ${symptom}?`, {
      label: `judge ${changes[at]}`,
      schema: VERDICT,
    });
    const state = verdict?.state ?? "cannot tell";
    path.push(`${changes[at]}: ${state}`);
    if (state === "cannot tell") {
      untold.add(at);
      continue;
    }
    if (state === "good") good = at;
    else bad = at;
    continue search;
  }
  break;
}
const culprit = bad - good === 1 ? changes[bad] : null;
return { culprit, between: [changes[good], changes[bad]], path };

// C40 (L54) checkpoint is approve or ask, by its kind.
// answers: approve Go on?: false
// answers: ask Which?: "b"
// answers: ask Why?: "because"
// asks: approve Go on?
// asks: ask Which?
// asks: ask Why?
// result: [false,"b","because"]

export const meta = { name: "c40", description: "Stops at checkpoints." };

return [
  await checkpoint("Go on?", { kind: "confirm", default: true, timeoutMs: 60_000 }),
  await checkpoint("Which?", { kind: "select", choices: ["a", "b"] }),
  await checkpoint("Why?"),
];

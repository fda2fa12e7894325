// C45 (L65) An exhausted budget ends the rounds with what was found so far, as a loss.
// answers: round 0: ["a","b"]
// answers: round 1: ["b","c"]
// answers: round 2: !budget_exhausted
// asks: round 0 @ u0
// asks: round 1 @ u1
// asks: round 2 @ u2
// says: lost loopUntilDry round 3: because
// loses: loopUntilDry round 3 budget_exhausted
// result: ["a","b","c"]

export const meta = { name: "c45", description: "Looks until there is no more." };

return loopUntilDry({
  round: (index) => agent("What else?", { label: `round ${index}`, schema: { type: "array" } }),
});

// C36 (L101) A script that is running already with the same arguments is not run again.
// asks: round
// asks: round @ w:round
// asks: round @ w:round/w:round
// result: "workflow_cycle: workflow 'round' failed: round.js:3:8: WorkflowError: workflow 'round' failed: round.js:3:8: WorkflowError: workflow 'round' runs inside itself with the same args"

export const meta = { name: "c36", description: "Goes round in a circle." };

return workflow("round", { n: 2 }).catch((e) => `${e.code}: ${e.message}`);

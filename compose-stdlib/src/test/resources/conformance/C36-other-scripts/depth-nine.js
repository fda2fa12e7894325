// C36 (L101) The run is at depth 0; a script at depth 8 is the deepest.
// trial: eight
// args: 8
// asks: deeper
// asks: deeper @ w:deeper
// asks: deeper @ w:deeper/w:deeper
// asks: deeper @ w:deeper/w:deeper/w:deeper
// asks: deeper @ w:deeper/w:deeper/w:deeper/w:deeper
// asks: deeper @ w:deeper/w:deeper/w:deeper/w:deeper/w:deeper
// asks: deeper @ w:deeper/w:deeper/w:deeper/w:deeper/w:deeper/w:deeper
// asks: deeper @ w:deeper/w:deeper/w:deeper/w:deeper/w:deeper/w:deeper/w:deeper
// result: "the ground"
// trial: nine
// args: 9
// asks: deeper
// asks: deeper @ w:deeper
// asks: deeper @ w:deeper/w:deeper
// asks: deeper @ w:deeper/w:deeper/w:deeper
// asks: deeper @ w:deeper/w:deeper/w:deeper/w:deeper
// asks: deeper @ w:deeper/w:deeper/w:deeper/w:deeper/w:deeper
// asks: deeper @ w:deeper/w:deeper/w:deeper/w:deeper/w:deeper/w:deeper
// asks: deeper @ w:deeper/w:deeper/w:deeper/w:deeper/w:deeper/w:deeper/w:deeper
// result: "workflow_depth: workflow 'deeper' failed: deeper.js:3:41: WorkflowError: workflow 'deeper' failed: deeper.js:3:41: WorkflowError: workflow 'deeper' failed: deeper.js:3:41: WorkflowError: workflow 'deeper' failed: deeper.js:3:41: WorkflowError: workflow 'deeper' failed: deeper.js:3:41: WorkflowError: workflow 'deeper' failed: deeper.js:3:41: WorkflowError: workflow 'deeper' failed: deeper.js:3:41: WorkflowError: workflow 'deeper' failed: deeper.js:3:41: WorkflowError: workflows run at most 8 deep inside one another"

export const meta = { name: "c36", description: "Goes deep." };

return workflow("deeper", { left: args }).catch((e) => `${e.code}: ${e.message}`);

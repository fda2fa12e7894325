// C36 (L26) A script that fails throws, is null, or is a record, as the dialect and the call have it.
// trial: claude
// asks: failing
// asks: failing
// result: {"thrown":"script_error: workflow 'failing' failed: failing.js:4:8: TypeError: Cannot read property 'steps' of null","settled":{"ok":false,"status":"failed","workflowName":"failing","output":null,"error":{"code":"script_error","message":"workflow 'failing' failed: failing.js:4:8: TypeError: Cannot read property 'steps' of null"}}}
// trial: mimocode
// dialect: mimocode
// asks: failing
// says: lost workflow(failing): workflow 'failing' failed: failing.js:4:8: TypeError: Cannot read property 'steps' of null
// asks: failing
// loses: workflow(failing) script_error
// result: {"thrown":null,"settled":{"ok":false,"status":"failed","workflowName":"failing","output":null,"error":{"code":"script_error","message":"workflow 'failing' failed: failing.js:4:8: TypeError: Cannot read property 'steps' of null"}}}

export const meta = { name: "c36", description: "Runs a script that fails." };

const thrown = await workflow("failing").catch((e) => `${e.code}: ${e.message}`);
const settled = await workflow({ name: "failing", failureMode: "settled" });
return { thrown, settled };

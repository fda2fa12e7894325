// C36 (L44) A script that is not there, or is none, is always thrown, in every dialect.
// trial: claude
// asks: nobody
// result: ["WorkflowError workflow_unknown: no workflow is called 'nobody'","WorkflowError script_invalid: <inline at refused.js:14:18>:1:67: SyntaxError: Expected an operand but found ;","WorkflowError script_invalid: <inline at refused.js:14:18>: meta.description must be a non-empty string; found none","TypeError bad_argument: workflow: give either a name or a scriptPath","TypeError bad_argument: workflow: expected a name, a script, {scriptPath} or {name, args}","TypeError bad_argument: args is a function; only JSON-like values can be passed"]
// trial: mimocode
// dialect: mimocode
// asks: nobody
// result: ["WorkflowError workflow_unknown: no workflow is called 'nobody'","WorkflowError script_invalid: <inline at refused.js:14:18>:1:67: SyntaxError: Expected an operand but found ;","WorkflowError script_invalid: <inline at refused.js:14:18>: meta.description must be a non-empty string; found none","TypeError bad_argument: workflow: give either a name or a scriptPath","TypeError bad_argument: workflow: expected a name, a script, {scriptPath} or {name, args}","TypeError bad_argument: args is a function; only JSON-like values can be passed"]

export const meta = { name: "c36", description: "Runs scripts that it cannot run." };

const told = async (...ref) => {
  try {
    return await workflow(...ref);
  } catch (e) {
    return `${e.name} ${e.code}: ${e.message}`;
  }
};
return [
  await told("nobody"),
  await told("export const meta = { name: 'inline', description: 'd' }; return (;"),
  await told("export const meta = { name: 'inline' };"),
  await told({}), await told(7), await told("x", () => 1),
];

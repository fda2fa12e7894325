// C60 (L113) An error of the host is a WorkflowError with code and message, and has frames of the script alone.
// asks: readFile ../secret
// answers: readFile ../secret: !path_escape
// result: {"name":"WorkflowError","code":"path_escape","message":"because","keys":["code"],"stack":"WorkflowError: because"}

export const meta = { name: "c60", description: "Reads what it must not." };

const read = async (path) => readFile(path);
try {
  await read("../secret");
} catch (e) {
  return { name: e.name, code: e.code, message: e.message, keys: Object.keys(e), stack: e.stack };
}

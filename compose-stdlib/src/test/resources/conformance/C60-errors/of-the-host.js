// C60 (L112) What the host refuses fails at the call that asked for it.
// answers: readFile ../secret: !path_escape
// asks: readFile ../secret
// fails: path_escape at 9:19: WorkflowError: because

export const meta = { name: "c60", description: "Fails, somewhere." };

const read = async (path) =>
  (await null) ?? readFile(path);
await read("../secret");

// C22 (L10) In odw the main function gets what a script knows by name.
// dialect: odw
// args: {"topic":"tea"}
// answers: one: "fine"
// asks: one
// result: ["tea","fine",["agent","args","context","cwd","log","loop","parallel","phase","pipeline","tool","workflow"]]

export const meta = { name: "c22", description: "Has a main function." };

export default async (given) => {
  const { agent: ask, args: wanted } = given;
  const { text } = await ask({ id: "one", prompt: "Look." });
  return [wanted.topic, text, Object.keys(given).toSorted()];
};

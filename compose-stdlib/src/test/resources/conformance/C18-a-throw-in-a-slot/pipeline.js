// C18 (L22) A stage that throws ends its item, or takes the whole batch along.
// trial: claude
// dialect: claude
// says: lost pipeline[1]: b
// loses: pipeline[1] thrown
// result: ["A",null,"C"]
// trial: mimocode
// dialect: mimocode
// result: "caught b"

export const meta = { name: "c18", description: "Throws at one of three." };

const stage = async (letter) => {
  if (letter === "b") throw new Error(letter);
  return letter.toUpperCase();
};
try {
  return await pipeline(["a", "b", "c"], stage);
} catch (e) {
  return `caught ${e.message}`;
}

// Three agents label each line on their own; where two agree that is the label. A line on which
// nobody agrees is given to people. Every failure is dealt with here: in this dialect a thunk that
// throws would take all others along.
export const meta = {
  name: "label-data",
  description: "Labels lines of text by the vote of three agents.",
  dialect: "mimocode",
  phases: ["Label"],
};

const labels = args?.labels ?? ["question", "complaint", "praise"];
const lines = ((await readFile(args?.file ?? "lines.txt")) ?? "").split("\n").filter(Boolean);

phase("Label");
const vote = async (line, voter) => {
  const chosen = await agent(`Which label fits best? ${line}`, {
    label: `${voter} on ${line.slice(0, 20)}`,
    schema: { enum: labels },
    model: voter === "c" ? "haiku" : undefined,
  });
  if (chosen === null) throw new Error(`${voter} did not answer`);
  return chosen;
};
const labelled = await parallel(
  lines.map((line) => async () => {
    const votes = await Promise.allSettled(["a", "b", "c"].map((voter) => vote(line, voter)));
    const counts = new Map();
    for (const { status, value } of votes) {
      if (status === "fulfilled") counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const [best] = [...counts].sort(([, a], [, b]) => b - a);
    return { line, label: best?.[1] >= 2 ? best[0] : null };
  }),
);
return {
  labelled: labelled.filter(({ label }) => label !== null),
  forPeople: labelled.filter(({ label }) => label === null).map(({ line }) => line),
};

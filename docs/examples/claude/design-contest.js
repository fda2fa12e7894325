// Three designs from three principles; judges who know none of them choose, and the best of the
// others is worked into the winner.
export const meta = {
  name: "design-contest",
  description: "Lets several designs compete and improves the winner.",
  phases: [{ title: "Design" }, { title: "Judge" }, { title: "Improve" }],
};

const task = args?.task ?? "an undo history for a text editor";
const PRINCIPLES = ["the least code", "the fewest surprises", "the easiest to test"];

phase("Design");
const designs = await parallel(
  PRINCIPLES.map((principle) => () =>
    agent(`Design ${task}. Your one principle: ${principle}.`, {
      label: principle,
      agentType: "plan",
    }),
  ),
);

phase("Judge");
const winner = await judgePanel(designs, {
  judges: 2,
  rubric: { simple: "few parts", honest: "says what it cannot do", complete: "covers the task" },
  agent: { effort: "high" },
});
if (winner === null) return { design: null, why: "nobody could judge" };
log(`design ${winner.index + 1} wins with ${winner.score}`);

phase("Improve");
const others = designs.filter((design, i) => design !== null && i !== winner.index);
const material = [winner.attempt, ...others].join("\n---\n");
const { value, ok } = await gate(
  () =>
    agent(`Take for the first what is better in the others, and nothing else.\n${material}`, {
      label: "improve",
    }),
  (text) => text !== null && text.length > 0,
  { attempts: 2 },
);
return { design: ok ? value : winner.attempt, score: winner.score, of: PRINCIPLES[winner.index] };

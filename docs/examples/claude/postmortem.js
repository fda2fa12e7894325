// Asks "why?" five times, each time about the last answer. An async generator keeps the asking in
// one place, and the reading in another.
export const meta = {
  name: "postmortem",
  description: "Finds the causes behind an incident by asking why.",
  phases: [{ title: "Why" }, { title: "Prevent" }],
};

const incident = typeof args === "string" ? args : (args?.incident ?? "the site was down");

async function* causes(effect, depth = 5) {
  for (let n = 1; n <= depth; n++) {
    const cause = await agent(`Why? ${effect}`, {
      label: `why ${n}`,
      schema: {
        type: "object",
        properties: { cause: { type: "string" }, root: { type: "boolean" } },
        required: ["cause", "root"],
      },
    });
    if (cause === null) return;
    yield cause.cause;
    if (cause.root) return;
    effect = cause.cause;
  }
}

phase("Why");
const chain = [];
for await (const cause of causes(incident)) {
  chain.push(cause);
  log(`because ${cause}`);
}

phase("Prevent");
const measures = await parallel(
  chain.map((cause, i) => () =>
    agent(`What one measure would have kept this from happening? ${cause}`, {
      label: `measure ${i + 1}`,
    }),
  ),
);
export default { incident, chain, measures: measures.map((m, i) => m ?? `none for: ${chain[i]}`) };

// A workflow is plain JavaScript that splits work among agents. Run it with:
//   mimo compose NAME path=src
// and without spending anything:
//   mimo compose NAME path=src --dry-run

// What the workflow says of itself. It is read as data: values only, no code.
export const meta = {
  name: "NAME",
  description: "Looks at a folder from several sides and sums up what was found.",
DIALECT
  phases: ["Look", "Sum up"],
};

// Arguments given as name=value are texts.
const path = args?.path ?? ".";

// With a schema an agent answers with an object of that form, or with null if it was lost.
const FINDINGS = {
  type: "object",
  required: ["findings"],
  properties: {
    findings: { type: "array", items: { type: "string" } },
  },
};

phase("Look");
const sides = ["correctness", "readability", "tests"];

// The agents of one parallel() work at the same time; the results keep the order of the list.
const looks = await parallel(
  sides.map((side) => () =>
    agent(`Look at the files below ${path} for ${side}. Name at most five findings.`, {
      label: side,
      schema: FINDINGS,
    })),
);

// A lost agent leaves null in its place; what the others found is still there.
const findings = looks.flatMap((look, i) =>
  look === null ? [] : look.findings.map((finding) => `${sides[i]}: ${finding}`));
log(`${findings.length} findings`);

phase("Sum up");
return await agent(`Sum up these findings for a busy reader:\n${findings.join("\n")}`, {
  label: "summary",
});

// A finder is asked once; then three sceptics try to refute each finding. Only what survives is
// reported. As a pipeline: the first finding is in court while others are still being read.
export const meta = {
  name: "refute-findings",
  description: "Finds bugs, and lets sceptics try to refute each of them.",
  phases: [{ title: "Find" }, { title: "Refute" }],
};

const FILES = args?.files ?? (await glob("src/**/*.js"));
const LENSES = ["read the code around it", "look for a test that covers it", "try to reproduce it"];

const CLAIM = {
  type: "object",
  properties: { claim: { type: "string" }, line: { type: "integer" } },
  required: ["claim", "line"],
};
const VERDICT = {
  type: "object",
  properties: { refuted: { type: "boolean" }, why: { type: "string" } },
  required: ["refuted", "why"],
  additionalProperties: false,
};

const find = (file) =>
  agent(`Find the worst bug in ${file}.`, { label: `find ${file}`, phase: "Find", schema: CLAIM });

const refute = async (found, file) => {
  if (found === null) return null;
  const votes = await parallel(
    LENSES.map((lens, i) => () =>
      agent(`Refute this about ${file}, line ${found.line}: ${found.claim}\nTo do so, ${lens}.`, {
        label: `sceptic ${i + 1} of ${file}`,
        phase: "Refute",
        schema: VERDICT,
      }),
    ),
  );
  const heard = votes.filter(Boolean);
  const standing = heard.filter((vote) => !vote.refuted).length;
  return { file, ...found, standing, heard: heard.length };
};

const tried = await pipeline(FILES, find, refute);
return tried.filter((each) => each !== null && each.standing * 2 > each.heard);

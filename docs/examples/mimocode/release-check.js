// Everything that must hold before a release, each as soon as what it needs is done. A check that
// throws ends the release here: in this dialect a throw takes the whole batch along.
export const meta = {
  name: "release-check",
  description: "Checks whether a version can be released.",
  dialect: "mimocode",
  phases: [{ title: "Check" }, { title: "Decide" }],
};

const version = args?.version ?? "next";
const check = (id, question, ...dependsOn) => ({ id, question, dependsOn });
const CHECKS = [
  check("version", `Do all files name the version ${version}?`),
  check("changelog", `Does the changelog tell what is new in ${version}?`, "version"),
  check("tests", "Do the tests pass?"),
  check("upgrade", "Does an upgrade from the last version work?", "tests"),
  check("notes", "Is nothing promised that is not there?", "changelog", "upgrade"),
];
const RESULT = {
  type: "object",
  properties: { ok: { type: "boolean" }, why: { type: "string" } },
  required: ["ok", "why"],
};

phase("Check");
let results;
try {
  results = await dag(CHECKS, async ({ id, question }, before) => {
    const failed = before.find((each) => each.result && !each.result.ok);
    if (failed) return { ok: false, why: `waits for ${failed.id}` };
    const result = await agent(question, { label: id, schema: RESULT });
    if (result === null) throw new Error(`nobody could check ${id}`);
    return result;
  });
} catch (e) {
  return { version, go: false, why: e.message };
}

phase("Decide");
const open = results.filter(({ result }) => !result.ok);
for (const { id, result } of open) console.warn(`${id}: ${result.why}`);
// People decide where somebody is there to be asked.
const ask = () => checkpoint(`Release ${version}?`, { kind: "confirm", default: true });
return { version, go: open.length === 0 && (await ask()), open: open.map(({ id }) => id) };

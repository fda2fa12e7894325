// Turns the text of a change list into an entry for people who upgrade. String phases and
// `export default`, as scripts for MiMo Code have them.
export const meta = {
  name: "changelog",
  description: "Writes a changelog entry from a list of changes.",
  dialect: "mimocode",
  phases: ["Sort", "Write", "Check"],
};

const list = (await readFile(args?.file ?? "CHANGES.txt")) ?? "";
const changes = list.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
const KINDS = ["added", "changed", "fixed", "internal"];

phase("Sort");
const kinds = await parallel(
  changes.map((change) => () =>
    agent(`Which kind of change is this? ${change}`, {
      label: change.slice(0, 40),
      schema: { enum: KINDS },
    }),
  ),
);
const sorted = Object.fromEntries(
  KINDS.map((kind) => [kind, changes.filter((_, i) => (kinds[i] ?? "changed") === kind)]),
);

phase("Write");
const told = KINDS.slice(0, 3).filter((kind) => sorted[kind].length > 0);
const title = (kind) => kind[0].toUpperCase() + kind.slice(1);
const sections = await pipeline(
  told,
  (kind) => agent(`Write for people who upgrade:\n${sorted[kind].join("\n")}`, { label: kind }),
  (text, kind) => `### ${title(kind)}\n\n${text ?? sorted[kind].join("\n")}`,
);

phase("Check");
const gaps = told.length > 0 ? await completenessCheck(changes, sections) : null;
export default {
  entry: sections.join("\n\n"),
  internal: sorted.internal.length,
  missing: gaps?.missing ?? [],
};

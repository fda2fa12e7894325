// Lists what the modules of a project offer to each other, and asks about what nobody uses. Written in
// TypeScript: the types are for the editor, and are taken out before the script runs.
export const meta = {
  name: "interface-inventory",
  description: "Finds exports of a TypeScript project that nobody uses.",
  phases: [{ title: "List" }, { title: "Judge" }],
};
import type { Export, Judged } from "./lib/inventory.ts";
import { byFile } from "./lib/inventory.ts";

type Arguments = { root?: string; most?: number };
const { root = "src", most = 20 } = (args ?? {}) as Arguments;

const EXPORTS = {
  type: "array",
  items: {
    type: "object",
    properties: {
      name: { type: "string" },
      kind: { enum: ["function", "class", "type", "value"] },
    },
    required: ["name", "kind"],
  },
} satisfies JsonSchema;

phase("List");
const files: string[] = await glob(`${root}/**/*.ts`);
const lists = await parallel(
  files.map((file) => async (): Promise<Export[]> => {
    const found: Omit<Export, "file">[] | null = await agent(`What does ${file} export?`, {
      label: `list ${file}`,
      schema: EXPORTS,
    });
    return (found ?? []).map((each) => ({ file, ...each }));
  }),
);
const all = lists.filter((list): list is Export[] => list !== null).flat();

phase("Judge");
const texts = new Map<string, string>();
for (const file of files) texts.set(file, (await readFile(file)) ?? "");
const unused = all.filter(({ file, name }) =>
  [...texts].every(([other, text]) => other === file || !text.includes(name)),
);
const judged = await pipeline(
  unused.slice(0, most),
  ({ file, name, kind }: Export) =>
    agent(`Is the ${kind} ${name} of ${file} meant for others?`, {
      label: `judge ${name}`,
      schema: { type: "boolean" },
    }),
  (meant: boolean | null, each: Export): Judged => ({ ...each, meant }),
);
export default { exports: all.length, unused: byFile(judged.filter((each) => !each?.meant)) };

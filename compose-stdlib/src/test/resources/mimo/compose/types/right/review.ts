export const meta: WorkflowMeta = {
  name: "review",
  description: "Reviews a folder.",
  phases: ["Look", { title: "Judge", detail: "who is right" }],
  budget: "1.5usd",
};
import { FINDINGS, type Finding } from "./shape.ts";

const files: string[] = await glob(`${args.folder ?? "."}/**/*.ts`, { gitignore: true });

phase("Look");
const looks = await parallel(
  files.map((file) => () =>
    agent<{ findings: Finding[] }>(`Read ${file}`, { label: file, schema: FINDINGS, retries: 2 }),
  ),
);
for (const loss of looks.losses) log("lost", loss.index, loss.reason);
const findings = looks.filter((look) => look !== null).flatMap((look) => look.findings);

phase("Judge");
const judged = await pipeline(
  findings,
  (finding) => verify(finding, { reviewers: 3, lens: ["bounds", "races"] }),
  (verdict, finding, index) => ({ ...finding, real: verdict.real, index }),
);
const real: Finding[] = judged.filter((one) => one?.real === true).filter((one) => one !== null);

const text: string | null = await agent("Sum it up", { effort: "high", timeoutMs: 60_000 });
const any = await agent("As data", { schema: { type: "array", items: { type: "string" } } });
const first: string = any[0];
const byName = await parallel({ a: () => agent("a"), b: async () => "b" });
const a: string | null | undefined = byName.a;
const nodes = await dag(
  [{ id: "one" }, { id: "two", dependsOn: ["one"] }],
  async (node, deps) => node.id + deps.map((dep) => dep.result).join(),
);
const ids: string[] = nodes.map((node) => node.id);

export default { real, text, first, a, ids, left: budget.remaining() };

// A tour through the code for somebody new: stops in an order that makes sense, each with what to
// look at. Shows `console`, `process.cwd()` and `cwd`, which scripts from elsewhere expect.
export const meta = {
  name: "code-tour",
  description: "Plans a tour through the code for somebody new.",
  dialect: "mimocode",
  phases: ["Choose", "Tell"],
};

console.info(`a tour through ${process.cwd() === cwd ? cwd : "?"}`);
const files = await glob("**/*.{js,md}", { gitignore: true });
const readme = await readFile("README.md");

phase("Choose");
const STOPS = {
  type: "array",
  items: {
    type: "object",
    properties: { file: { enum: files }, why: { type: "string" } },
    required: ["file", "why"],
  },
  maxItems: 5,
};
const stops = await agent({
  prompt: `Choose at most five stops for somebody who knows this:\n${readme ?? "(nothing)"}`,
  label: "choose",
  schema: files.length > 0 ? STOPS : { type: "array", maxItems: 0 },
});

phase("Tell");
const told = await pipeline(
  stops ?? [],
  async ({ file, why }) => ({ file, why, text: (await readFile(file)) ?? "" }),
  ({ text, why }, { file }, index) =>
    agent(`Stop ${index + 1}, ${file}: ${why}\n\n${text}`, { label: `stop ${index + 1}` }),
);
const line = ({ file }, i) => `${i + 1}. ${file}\n\n   ${told[i] ?? "(not told)"}`;
return (stops ?? []).map(line).join("\n");

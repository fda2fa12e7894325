// Translates texts in batches of ten, and has each batch read by somebody who sees the translation
// first. Batches go one after the other, their halves at once.
export const meta = {
  name: "translate",
  description: "Translates the texts of a JSON file.",
  phases: [{ title: "Translate" }, { title: "Proofread" }],
};

const { file = "texts.json", to = "German", size = 10 } = args ?? {};
const texts = JSON.parse((await readFile(file)) ?? "{}");
const entries = Object.entries(texts);

const batches = [];
for (let i = 0; i < entries.length; i += size) batches.push(entries.slice(i, i + size));

const translated = {};
for (const [n, batch] of batches.entries()) {
  const keys = batch.map(([key]) => key);
  const SAME_KEYS = {
    type: "object",
    properties: Object.fromEntries(keys.map((key) => [key, { type: "string", minLength: 1 }])),
    required: keys,
    additionalProperties: false,
  };
  const draft = await agent(`Translate into ${to}:\n${JSON.stringify(Object.fromEntries(batch))}`, {
    label: `batch ${n + 1}`,
    phase: "Translate",
    schema: SAME_KEYS,
  });
  if (draft === null) continue;
  const read = await agent(`Correct this ${to} where it is wrong:\n${JSON.stringify(draft)}`, {
    label: `proofread ${n + 1}`,
    phase: "Proofread",
    schema: SAME_KEYS,
  });
  Object.assign(translated, draft, read);
  log("batch", n + 1, "of", batches.length, { kept: Object.keys(translated).length });
}
return { to, translated, missing: Object.keys(texts).filter((key) => !(key in translated)) };

// C54 (L84, L92) Where a schema is given, five answers in prose are an error, whatever the tools are.
// answers: free: !schema_exhausted
// answers: bound: !schema_exhausted
// asks: free
// asks: bound
// result: ["schema_exhausted","schema_exhausted"]

export const meta = { name: "c54", description: "Wants data and gets prose." };

const schema = { type: "object", required: ["count"] };
const code = (e) => e.code;
return [
  await agent("Count.", { label: "free", schema }).catch(code),
  await agent("Count.", { label: "bound", schema, tools: [] }).catch(code),
];

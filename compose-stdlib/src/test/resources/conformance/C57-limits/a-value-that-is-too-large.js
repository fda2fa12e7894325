// C57 (L105) A value of more than 4 MiB, or of more than 64 levels, does not cross.
// asks: fits
// result: ["fits","value_too_large","value_too_large"]

export const meta = { name: "c57", description: "Says too much at once." };

const nested = (levels) => (levels === 0 ? 1 : [nested(levels - 1)]);
const sent = [];
for (const schema of [{ const: nested(60) }, { const: "x".repeat(4 << 20) }, { const: nested(65) }]) {
  try {
    sent.push(await agent("Look.", { label: "fits", schema }));
  } catch (e) {
    sent.push(e.code);
  }
}
return sent;

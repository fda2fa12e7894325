// C04 (L6) Unknown keys are kept, whatever they hold, and the script may read them.
// result: ["c04",{"ceilings":[1,{"usd":2.5}]}]

export const meta = {
  name: "c04",
  description: "Says more of itself than is asked.",
  safety: { ceilings: [1, { usd: 2.5 }] },
};

return [meta.name, meta.safety];

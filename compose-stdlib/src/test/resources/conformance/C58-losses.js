// C58 (L108) The losses of a result are there for whoever asks, and hidden from everybody else.
// answers: no: !failed
// asks: yes @ p0
// asks: no @ p1
// loses: no failed
// result: {"losses":[{"index":1,"label":"no","reason":"failed"}],"keys":["0","1"],"spread":["yes",null],"json":"[\"yes\",null]","iterated":2,"frozen":true,"none":[]}

export const meta = { name: "c58", description: "Loses one of two." };

const all = await parallel(["yes", "no"].map((label) => () => agent("Well?", { label })));
let iterated = 0;
for (const _ of all) iterated++;
return {
  losses: all.losses, keys: Object.keys(all), spread: [...all], json: JSON.stringify(all), iterated,
  frozen: Object.isFrozen(all.losses) && Object.isFrozen(all.losses[0]),
  none: (await parallel([])).losses,
};

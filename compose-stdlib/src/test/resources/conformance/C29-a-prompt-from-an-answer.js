// C29 (L37) An answer keeps the order of its keys: a prompt made from it has the same bytes again.
// answers: find: {"z":1,"10":"ten","a":[1.50,"\u00fc"],"2":{}}
// asks: find
// asks: Judge {"2":{},"10":"ten","z":1,"a":[1.5,"ü"]}
// result: null

export const meta = { name: "c29", description: "Asks about an answer." };

const found = await agent("Find something.", { label: "find", schema: { type: "object" } });
await agent(`Judge ${JSON.stringify(found)}`);

// C39 (L52, L53) What people are asked, and what their answers are.
// answers: approve Ship it?: true
// answers: ask Which one?: "blue"
// answers: ask How many?: 3
// answers: ask Who?: "Ada"
// enters: Ask
// asks: approve Ship it? in Ask
// asks: ask Which one? in Ask
// asks: ask How many? in Ask
// asks: ask Who? @ p0 in Ask
// result: [true,"blue",3,["Ada"]]

export const meta = { name: "c39", description: "Asks people." };

phase("Ask");
const shipped = await approve("Ship it?", { timeout: "2d", default: false });
const one = await ask("Which one?", { kind: "select", choices: ["red", "blue"] });
const many = await ask("How many?", { schema: { type: "integer" }, default: 1 });
return [shipped, one, many, await parallel([() => ask("Who?")])];

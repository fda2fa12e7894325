// C39 (L52, L53) A question that makes no sense is refused before anybody is asked.
// says: warning: approve option "colour" is unknown and ignored
// asks: approve Really?
// answers: approve Really?: true
// result: ["approve: the question must be a non-empty string","approve: default must be true or false","approve: headless must be \"pause\", \"default\" or \"abort\"","approve: \"soon\" is no duration; write milliseconds, or text such as \"90s\", \"2h\" or \"3d\"","ask: kind must be \"input\" or \"select\"","ask: choices must be different non-empty strings","ask: choices must be different non-empty strings","ask: default must be an answer that could be given","ask: default must be an answer that could be given","ask: schema must be a JSON Schema object",true]

export const meta = { name: "c39", description: "Asks in vain." };

const told = [];
const refused = async (attempt) => told.push(await attempt().catch((e) => e.message));
await refused(() => approve(" "));
await refused(() => approve("Go?", { default: "yes" }));
await refused(() => approve("Go?", { headless: "yes" }));
await refused(() => approve("Go?", { timeout: "soon" }));
await refused(() => ask("Go?", { kind: "confirm" }));
await refused(() => ask("Go?", { choices: [] }));
await refused(() => ask("Go?", { choices: ["a", "a"] }));
await refused(() => ask("Go?", { choices: ["a"], default: "b" }));
await refused(() => ask("Go?", { default: 1 }));
await refused(() => ask("Go?", { schema: "text" }));
told.push(await approve("Really?", { colour: "red" }));
return told;

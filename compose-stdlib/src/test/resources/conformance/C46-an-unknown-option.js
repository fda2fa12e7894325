// C46 (L83) An option nobody knows is told of once, however often it is given.
// asks: 1000 agents
// says: warning: agent option "colour" is unknown and ignored
// result: 1000

export const meta = { name: "c46", description: "Gives an option that is none." };

const ask = () => agent("Go on.", { colour: "red" });
const answers = await parallel(Array.from({ length: 1000 }, () => ask));
return answers.length;

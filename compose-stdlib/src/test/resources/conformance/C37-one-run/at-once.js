// C37 (L44, L98) A script asks no more at once than it may, and the places say who asked.
// answers: q1: "a"
// enters: All
// asks: asking in All
// enters: asking › Ask
// asks: q1 @ w:asking/p0 in asking › Ask
// asks: q2 @ w:asking/p1 in asking › Ask
// result: ["a","q2"]

export const meta = { name: "c37", description: "Lets another script ask one by one." };

phase("All");
return workflow("asking", { questions: ["q1", "q2"] }, { maxConcurrentAgents: 1 });

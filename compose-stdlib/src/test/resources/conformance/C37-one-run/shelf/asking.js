export const meta = { name: "asking", description: "Asks what it is given." };

phase("Ask");
return parallel(args.questions.map((question) => () => agent(question).catch((e) => e.code)));

export const meta = { name: "rehearsal", description: "Plays each part of a run once." };

phase("ask");
const answers = await parallel([1, 2].map((n) => () => agent(`part ${n}`, { label: `part ${n}` })));
const steps = await pipeline(answers, (answer) => agent(`after ${answer}`));
log(`${steps.length} answers`);
return { answers, steps };

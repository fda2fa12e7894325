// C49 (L76, L85) An agent whose time is over, or that is silent, is null and a loss with its reason.
// answers: late: !timeout
// answers: silent: !stalled
// answers: quick: "done"
// asks: late
// asks: silent
// asks: quick
// loses: late timeout
// loses: silent stalled
// result: [null,null,"done"]

export const meta = { name: "c49", description: "Waits no longer than it said." };

const ask = (label) => agent("Go on.", { label, timeoutMs: 60_000, stallMs: 5_000 });
return [await ask("late"), await ask("silent"), await ask("quick")];

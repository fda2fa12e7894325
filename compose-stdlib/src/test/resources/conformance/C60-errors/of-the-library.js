// C60 (L112) A parameter that is wrong is the caller's error, at the call.
// fails: bad_argument at 7:8: TypeError: parallel: member 0 is no function; write () => agent(...), not agent(...)

export const meta = { name: "c60", description: "Fails, somewhere." };

const all = (list) =>
       parallel(list);
await all([1]);

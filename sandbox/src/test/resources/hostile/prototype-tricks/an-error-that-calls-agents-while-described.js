// expect: failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
let calls = 0;
throw { get name() { agent("late"); log("late"); return "N"; }, get message() { calls++; return "m" + calls; } };

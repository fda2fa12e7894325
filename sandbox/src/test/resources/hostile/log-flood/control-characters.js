// expect: finished 1
export const meta = {name: 'hostile', description: 'an attack'};
log("\u001b[2J\u0000\u202e\ud800");
return 1;

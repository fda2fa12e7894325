// expect: finished false
export const meta = {name: 'hostile', description: 'an attack'};
const allowed = "user\u202e \u2066// admin\u2069 \u2066";
return allowed === "user";

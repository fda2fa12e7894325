// expect: rejected script_invalid
export const meta = {name: 'hostile', description: 'an attack'};
return `${await import("data:text/javascript,1")}`;

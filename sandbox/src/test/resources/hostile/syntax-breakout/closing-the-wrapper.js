// expect: rejected script_invalid
export const meta = {name: 'hostile', description: 'an attack'};
});
globalThis.escaped = 1;
(async () => {

// expect: stands still
export const meta = {name: 'hostile', description: 'an attack'};
await new Promise(() => {});

// expect: ends script_cpu
export const meta = {name: 'hostile', description: 'an attack'};
const again = () => Promise.resolve().then(again);
await again();

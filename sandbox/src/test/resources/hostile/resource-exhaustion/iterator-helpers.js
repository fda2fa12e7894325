// expect: ends script_cpu
export const meta = {name: 'hostile', description: 'an attack'};
Iterator.from({ next: () => ({ done: false, value: 1 }) }).filter(() => false).next();

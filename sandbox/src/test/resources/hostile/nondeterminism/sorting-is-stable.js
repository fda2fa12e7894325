// expect: finished true
export const meta = {name: 'hostile', description: 'an attack'};
const items = Array.from({ length: 2000 }, (_, i) => [i % 7, i]);
items.sort((a, b) => a[0] - b[0]);
return items.every((x, i) => i === 0 || items[i - 1][0] < x[0] || items[i - 1][1] < x[1]);

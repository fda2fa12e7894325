// expect: finished ["1,234.5","1/2/1970"]
export const meta = {name: 'hostile', description: 'an attack'};
return [(1234.5).toLocaleString(), new Date(864e5).toLocaleDateString()];

// expect: finished [0,0,3600000,0,null]
export const meta = {name: 'hostile', description: 'an attack'};
return [Date.parse("1970-01-01"), Date.parse("1970-01-01T00:00:00"), Date.parse("1970-01-01T00:00:00-01:00"),
  new Date(1970, 0, 1).getTime(), Date.parse("1 janvier 1970")];

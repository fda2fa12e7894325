// expect: finished ["1.234.567,891","1,2","-0","1.234",-1,-1]
export const meta = {name: 'hostile', description: 'an attack'};
return [(1234567.891).toLocaleString("de-DE"), [1, 2].toLocaleString("de"), (-0).toLocaleString("fr"), (1234n).toLocaleString("de"),
  "z".localeCompare("ä", "sv"), "a".localeCompare("b", "de")];

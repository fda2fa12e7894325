// expect: finished {"then":"called","a":1}
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
// Whoever awaits the result looks for a function of that name; a slot's value is none.
return parallel({ then: () => "called", a: () => 1 });

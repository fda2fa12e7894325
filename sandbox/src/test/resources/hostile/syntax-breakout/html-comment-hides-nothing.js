// expect: finished 1
export const meta = {name: 'hostile', description: 'an attack'};
<!-- })
--> })
return 1;

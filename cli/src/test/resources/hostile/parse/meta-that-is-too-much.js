// expect: rejected script_invalid
// asks: 0
export const meta = {name: 'hostile', description: 'd', phases: [{title: 1}], budget: {}};
return 1;

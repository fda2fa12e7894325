// expect: rejected script_invalid
export const meta = {name: agent('x')};
return 1;

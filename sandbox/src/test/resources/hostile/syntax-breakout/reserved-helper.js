// expect: rejected script_invalid
export const meta = {name: 'hostile', description: 'an attack'};
__wf_r(1, 2);

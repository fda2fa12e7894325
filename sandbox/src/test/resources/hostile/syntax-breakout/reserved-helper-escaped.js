// expect: rejected script_invalid
export const meta = {name: 'hostile', description: 'an attack'};
\u005f_wf_r(1, 2);

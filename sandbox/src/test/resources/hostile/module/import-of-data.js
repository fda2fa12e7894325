// expect: rejected script_invalid
export const meta = {name: 'hostile', description: 'an attack'};
import data from './x.json' with { type: 'json' };
return data;

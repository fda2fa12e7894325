// expect: rejected script_invalid
export const meta = {name: 'hostile', description: 'an attack'};
import fs from 'fs';
return 1;

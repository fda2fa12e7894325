// expect: rejected script_invalid
export const meta = {name: 'hostile', description: 'an attack'};
#!/usr/bin/env node
return 1;

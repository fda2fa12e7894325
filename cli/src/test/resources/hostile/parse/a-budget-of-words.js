// expect: rejected script_invalid bad_argument
// asks: 0
export const meta = {name: 'hostile', description: 'd', budget: 'all of it'};
return 1;

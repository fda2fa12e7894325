// expect: finished {"n":2,"seen":[0,1]}
// asks: 0
export const meta = { name: 'hostile', description: 'an attack', dialect: 'odw' };
const initialState = { n: 0, seen: [] };
let last;
return loop({
  initialState,
  run: async (state) => {
    initialState.n = 99;
    if (last) last.n = 99;
    last = { n: state.n + 1, seen: [...state.seen, state.n] };
    state.n = 99;
    return { done: last.n === 2, nextState: last };
  },
  options: { maxRounds: 5 },
});

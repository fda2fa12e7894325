// expect: finished [["a","b"],0]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
let made = 0;
class Spy extends Promise {
  constructor(run) { super(run); made++; }
  then(...handlers) { return super.then(...handlers); }
}
const own = (value) => Spy.resolve(value);
made = 0;
const before = [() => own("a"), () => own("b")];
const got = await parallel(before);
return [got, made > 40 ? made : 0];

// expect: failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
class Odd extends Error {
  get name() { throw this; }
  get message() { for (const k of Reflect.ownKeys(this)) this[k] = this; throw this; }
  get stack() { throw this; }
  get cause() { throw this; }
  toString() { throw this; }
}
throw new Odd("x");

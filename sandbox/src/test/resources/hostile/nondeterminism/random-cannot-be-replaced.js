// expect: finished []
export const meta = {name: 'hostile', description: 'an attack'};
const leaks = [];
const attempt = (name, attack) => {
  try {
    const got = attack();
    if (got !== undefined) leaks.push(name + ": " + typeof got);
  } catch {
    // Refused, as it should be.
  }
};
attempt("assign", () => { Math.random = () => 4; return 1; });
attempt("uuid", () => { crypto.randomUUID = () => "x"; return 1; });
attempt("values", () => crypto.getRandomValues(new Uint8Array(4)));
attempt("subtle", () => crypto.subtle);
return leaks;

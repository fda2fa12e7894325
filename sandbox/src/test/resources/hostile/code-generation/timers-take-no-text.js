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
attempt("setTimeout", () => setTimeout("agent('x')", 0));
attempt("setInterval", () => setInterval("agent('x')", 0));
return leaks;

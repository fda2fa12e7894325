// C11 (L11) Assigning to a name of the language, or to a member of it, throws a TypeError.
// result: ["TypeError","TypeError","TypeError","TypeError","TypeError","TypeError","function"]

export const meta = { name: "c11", description: "Tries to replace what it was given." };

const fault = (act) => {
  try {
    act();
    return "nothing";
  } catch (e) {
    return e.name;
  }
};
return [
  fault(() => { agent = () => "mine"; }),
  fault(() => { budget.total = 1e9; }),
  fault(() => { budget.spent = () => 0; }),
  fault(() => { console.log = null; }),
  fault(() => { parallel.name2 = 1; }),
  fault(() => { process.env.KEY = "v"; }),
  typeof agent,
];

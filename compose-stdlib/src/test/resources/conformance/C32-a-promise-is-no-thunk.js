// C32 (L41) `parallel` given a promise throws before any of its functions starts.
// result: {"ran":[],"name":"TypeError","code":"bad_argument","message":"parallel: member 1 is no function; write () => agent(...), not agent(...)"}

export const meta = { name: "c32", description: "Forgets an arrow." };

const ran = [];
try {
  await parallel([() => ran.push("first"), Promise.resolve("late"), () => ran.push("third")]);
} catch ({ name, code, message }) {
  return { ran, name, code, message };
}

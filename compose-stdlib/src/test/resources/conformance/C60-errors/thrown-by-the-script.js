// C60 (L112) An error tells where it was made, in the function that made it.
// fails: script_error at 7:21: RangeError: 11 is too many

export const meta = { name: "c60", description: "Fails, somewhere." };

const checked = (n) => {
  if (n > 10) throw new RangeError(`${n} is too many`);
  return n;
};
await null;
for (const n of [1, 11]) checked(n);

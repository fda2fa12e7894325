// C60 (L112) So does an error nobody wrote.
// fails: script_error at 8:10: TypeError: Cannot read property 'length' of undefined

export const meta = { name: "c60", description: "Fails, somewhere." };

const words = ["a", "b"];
async function longest(list) {
  return list.at(9).length;
}
return longest(words);

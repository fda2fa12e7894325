// C60 (L112) What is thrown need not be an error; then its place is not known.
// fails: script_error: Error: only a text

export const meta = { name: "c60", description: "Fails, somewhere." };

throw "only a text";

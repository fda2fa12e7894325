// C60 (L112) And a name that was mistyped.
// fails: script_error at 6:8: ReferenceError: agnet is not defined

export const meta = { name: "c60", description: "Fails, somewhere." };

return agnet("Go on.");

// C09 (L10) No result means null.
// says: done
// result: null

export const meta = { name: "c09", description: "Has a result, or not." };

log("done");

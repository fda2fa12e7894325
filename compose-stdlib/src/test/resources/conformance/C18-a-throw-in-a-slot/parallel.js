// C18 (L22) A thunk that throws empties its slot, or takes the whole batch along.
// trial: claude
// dialect: claude
// says: lost parallel[1]: two
// loses: parallel[1] thrown
// result: [1,null,3]
// trial: odw
// dialect: odw
// says: lost parallel[1]: two
// loses: parallel[1] thrown
// result: [1,null,3]
// trial: mimocode
// dialect: mimocode
// fails: script_error at 19:11: Error: two

export const meta = { name: "c18", description: "Throws in one of three." };

const fail = (text) => {
    throw new Error(text);
};
return parallel([() => 1, async () => fail("two"), () => 3]);

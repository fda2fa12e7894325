// C34 (L42) A throw ends its item alone, and a null passes on to the next stage.
// says: lost pipeline[1]: two
// loses: pipeline[1] thrown
// result: [["first 1",1,0],null,[null,3,2]]

export const meta = { name: "c34", description: "Loses one of three items." };

return pipeline(
  [1, 2, 3],
  (n) => {
    if (n === 2) throw new Error("two");
    return n === 3 ? null : `first ${n}`;
  },
  (previous, item, index) => [previous, item, index],
);

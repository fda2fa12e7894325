// C23 (L31, L108) `parallel` of an object keeps its keys, in the result and in its losses.
// answers: style: !timeout
// asks: bugs @ pbugs
// asks: style @ pstyle
// loses: style timeout
// result: {"value":{"bugs":"bugs","style":null,"own":null},"losses":[{"index":1,"label":"style","reason":"timeout","key":"style"}]}

export const meta = { name: "c23", description: "Asks two agents by name." };

const found = await parallel({
  bugs: () => agent("Find bugs.", { label: "bugs" }),
  style: () => agent("Find bad style.", { label: "style" }),
  own: () => null,
});
return { value: found, losses: found.losses };

// C51 (L80) max is true, 2 to 9 or an object; what it cannot mean is refused.
// answers: a: "a"
// answers: b: "b"
// answers: c: "c"
// answers: d: "d"
// asks: a
// asks: b
// asks: c
// asks: d
// result: {"told":["a","b","c","d"],"refused":["bad_argument","bad_argument","bad_argument","bad_argument","bad_argument"]}

export const meta = { name: "c51", description: "Wants several candidates for each step." };

const wanted = { a: true, b: 3, c: { candidates: 2, policy: "mutations" }, d: false };
const told = [];
for (const [label, max] of Object.entries(wanted)) {
  told.push(await agent("Go on.", { label, max }));
}
const refused = [];
for (const max of [1, 10, 2.5, "many", { policy: "never" }]) {
  refused.push(await agent("Go on.", { max }).catch((e) => e.code));
}
return { told, refused };

// C65 (L126, L127) An await may stand wherever an expression may, and all is evaluated in order.
// result: {"list":[1,2,3,4],"object":{"k":"x","y":1},"sum":15,"none":"set","kept":"kept","deep":{"a":{"b":[0,9],"c":"c"}},"optional":[null,1,2],"p":"default","q":1,"text":"t-u","tagged":"a\\nw","chosen":"yes","both":0,"not":true,"type":"string","nothing":true,"last":"second","made":1,"called":7,"seen":31}

export const meta = { name: "c65", description: "Is written as people write." };

const seen = [];
const v = async (value) => (seen.push(value), await null, value);

const list = [await v(1), ...(await v([2, 3])), await v(4)];
const object = { [await v("k")]: await v("x"), ...(await v({ y: 1 })) };
let sum = 10;
sum += await v(5);
let none = null;
none ??= await v("set");
let kept = "kept";
kept ||= await v("never");
const deep = { a: { b: [0, 0] } };
deep.a.b[await v(1)] = await v(9);
(await v(deep)).a.c = await v("c");
const optional = [(await v(null))?.x, (await v({ x: 1 }))?.x, (await v({ f: () => 2 })).f?.()];
const { p = await v("default"), q = await v("unused") } = { q: 1 };
const text = `${await v("t")}-${`${await v("u")}`}`;
const tagged = String.raw`a\n${await v("w")}`;
const chosen = (await v(true)) ? await v("yes") : await v("no");
const both = (await v(0)) && (await v("never"));
const not = !(await v(false)), type = typeof (await v("s")), nothing = void (await v(1));
const last = (await v("first"), await v("second"));
const made = new (await v(Map))([[await v("key"), 1]]).size;
const called = Math.max(await v(1), ...(await v([7, 3])));
return {
  list, object, sum, none, kept, deep, optional, p, q, text, tagged, chosen, both, not, type,
  nothing: nothing === undefined, last, made, called, seen: seen.length,
};

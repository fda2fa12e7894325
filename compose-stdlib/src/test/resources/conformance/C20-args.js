// C20 (L12, L24) What `args` is when nothing, null, a text that looks like JSON, or an object is given.
// trial: nothing
// result: "undefined"
// trial: null
// args: null
// result: "null"
// trial: null in mimocode
// dialect: mimocode
// args: null
// result: "undefined"
// trial: a text
// args: "{\"dir\":\"src\"}"
// result: "string {\"dir\":\"src\"}"
// trial: an object
// args: {"dir":"src"}
// result: "object {\"dir\":\"src\"}"

export const meta = { name: "c20", description: "Tells what it was started with." };

if (args === undefined) return "undefined";
if (args === null) return "null";
return `${typeof args} ${typeof args === "string" ? args : JSON.stringify(args)}`;

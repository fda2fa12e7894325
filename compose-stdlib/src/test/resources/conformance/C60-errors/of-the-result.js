// C60 (L36, L112) A result that cannot cross names the place within it.
// fails: bad_argument: TypeError: list[1].f is a function; only JSON-like values can be passed

export const meta = { name: "c60", description: "Fails, somewhere." };

return { list: [1, { f() {} }] };

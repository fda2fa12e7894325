// C65 (L127) Lines may end as on other systems, and the last one not at all.
// asks: crlf
// fails: script_error at 7:8: TypeError: Cannot read property 'x' of null

export const meta = { name: "c65", description: "Comes from elsewhere." };
await agent(`crlf`);
return null.x;

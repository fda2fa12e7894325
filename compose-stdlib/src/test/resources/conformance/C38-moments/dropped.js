// C38 (L51, L110) What has not come at the end is dropped, and is no loss.
// order: newest first
// asks: sleep 86400000 ms
// asks: setTimeout 86400000 ms
// asks: a
// result: "a"

export const meta = { name: "c38", description: "Does not wait." };

sleep("1d");
setTimeout(() => log("too late"), "1d");
return await agent("Go on.", { label: "a" });

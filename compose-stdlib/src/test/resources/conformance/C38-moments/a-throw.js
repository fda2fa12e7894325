// C38 (L51, L60) What a callback throws is a warning of the run.
// asks: setTimeout 5 ms
// asks: sleep 10 ms
// says: warning: unhandled rejection: Error: from the callback
// result: "on"

export const meta = { name: "c38", description: "Throws where nobody hears." };

setTimeout(() => {
  throw new Error("from the callback");
}, 5);
await sleep(10);
return "on";

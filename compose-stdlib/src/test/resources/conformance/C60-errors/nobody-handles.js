// C60 (L110) A rejection nobody handles is a warning with its place, and ends nothing.
// asks: go on
// says: warning: unhandled rejection: Error: nobody looks
// result: "done"

export const meta = { name: "c60", description: "Fails, somewhere." };

const forgotten = async () => {
  throw new Error("nobody looks");
};
forgotten();
await agent("go on");
return "done";

// C09 (L10, L112) What it throws, the run ends with.
// asks: one
// fails: script_error at 9:9: Error: nothing found

export const meta = { name: "c09", description: "Has a main function." };

export default async () => {
  await agent("Look.", { label: "one" });
  throw new Error("nothing found");
};

// C09 (L10) A function that is exported is called with the arguments, once the body has ended.
// args: {"topic":"tea"}
// says: before function
// says: behind
// asks: one
// asks: two @ p0
// result: {"topic":"tea","found":["one","two"]}

export const meta = { name: "c09", description: "Has a main function." };

log("before", typeof main);

export default async function main({ topic }) {
  const one = await agent("Look.", { label: "one" });
  const [two] = await parallel([() => agent("Look on.", { label: "two" })]);
  return { topic, found: [one, two] };
}

(() => log("behind"))();

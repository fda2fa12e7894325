// C09 (L10) It needs no name, and need not be asynchronous.
// args: "tea"
// result: "3 at most"

export const meta = { name: "c09", description: "Has a main function." };

export default function (topic) {
  return `${topic.length} at most`;
}

// Asks for more than it gets.
export async function host() {
  await null;
  await agent("For a shape.", { label: "ask", schema: { type: "object" } });
}
export function own() {
  void host;
  throw new SyntaxError("own");
}

// expect: finished ["rejects mine","rejects mine","rejects mine","rejects mine","rejects mine"]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const mine = { get attempts() { throw new Error("mine"); }, get reviewers() { throw new Error("mine"); } };
const told = (start) => {
  let promise;
  try { promise = start(); } catch (e) { return `throws ${e.message}`; }
  return promise.then(() => "passed", (e) => `rejects ${e.message}`);
};
return Promise.all([
  told(() => agent("p", { get label() { throw new Error("mine"); } })),
  told(() => gate(() => 1, () => true, mine)), told(() => retry(() => 1, mine)),
  told(() => verify("x", mine)),
  told(() => dag([{ get id() { throw new Error("mine"); } }], () => 1)),
]);

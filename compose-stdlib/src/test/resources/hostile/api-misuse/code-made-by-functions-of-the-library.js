// expect: finished []
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const made = [];
for (const f of [agent, parallel, pipeline, dag, gate, retry, log, glob, URL, structuredClone]) {
  for (const maker of [f.constructor, Object.getPrototypeOf(f).constructor, f.constructor?.constructor]) {
    try {
      made.push(typeof maker("return 1")());
    } catch {
      // Refused, as it should be.
    }
  }
}
return made;

// C57 (L100) One item more than the limit starts nothing.
// result: [4096,0,"list_cap: parallel: 4097 items exceed the limit of 4096","list_cap: pipeline: 4097 items exceed the limit of 4096","list_cap: dag: 4097 items exceed the limit of 4096"]

export const meta = { name: "c57", description: "Counts to 4,097." };

let started = 0;
const refusal = async (call) => {
  started = 0;
  try {
    await call();
    return started;
  } catch (e) {
    return `${e.code}: ${e.message}`;
  }
};
const thunks = (length) => Array.from({ length }, () => () => void started++);
const nodes = Array.from({ length: 4097 }, (_, i) => ({ id: `n${i}` }));
const fitting = await refusal(() => parallel(thunks(4096)));
const told = [
  await refusal(() => parallel(thunks(4097))),
  await refusal(() => pipeline(thunks(4097), () => void started++)),
  await refusal(() => dag(nodes, () => void started++)),
];
return [fitting, started, ...told];

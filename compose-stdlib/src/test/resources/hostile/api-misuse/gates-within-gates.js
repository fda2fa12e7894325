// expect: finished [24,"core"]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
let opened = 0;
const nested = (depth) => gate(
  () => { opened++; return depth === 0 ? "core" : nested(depth - 1).then((made) => made.value); },
  () => true,
);
const { value } = await nested(23);
return [opened, value];

// expect: finished "echo p"
// asks: 1
export const meta = {name: 'hostile', description: 'an attack'};
return await agent("p", Object.create({ model: "other/model", timeoutMs: -1, schema: 1, tools: ["bash"] }));

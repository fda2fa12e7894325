// expect: finished [1,1,1]
// asks: 1
export const meta = {name: 'hostile', description: 'an attack'};
let label = 0, model = 0, prompt = 0;
await agent({ get prompt() { prompt++; return "p"; }, get label() { label++; return "l" + label; }, get model() { model++; return "m"; } });
return [prompt, label, model];

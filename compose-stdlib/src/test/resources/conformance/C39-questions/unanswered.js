// C39 (L52, L53) Nobody answers in time; and nobody is there who could.
// answers: approve Ship it?: !gate_expired
// answers: ask Who?: !gate_expired
// answers: approve Now?: !gate_unattended
// asks: approve Ship it?
// asks: ask Who?
// asks: approve Now?
// result: [false,null,"gate_unattended"]

export const meta = { name: "c39", description: "Asks people who are not there." };

return [
  await approve("Ship it?", { timeout: "2d" }),
  await ask("Who?", { timeout: 0 }),
  await approve("Now?", { headless: "abort" }).catch((e) => e.code),
];

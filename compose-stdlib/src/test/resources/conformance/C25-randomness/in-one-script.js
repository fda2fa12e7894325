// C25 (L33) Randomness comes from the run's seed: equal in one run, different between runs.
// trial: one run
// result: ["425145","c3eafe52-cc09-4b06-b438-7bac7a77b884","randomUUID"]
// trial: another run
// seed: cd
// result: ["541253","a5c7a139-0c1e-4cc0-8f76-357d302766e3","randomUUID"]

export const meta = { name: "c25", description: "Throws dice." };

const dice = Array.from({ length: 6 }, () => 1 + Math.floor(Math.random() * 6));
return [dice.join(""), crypto.randomUUID(), Object.getOwnPropertyNames(crypto).join()];

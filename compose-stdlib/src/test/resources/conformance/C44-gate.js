// C44 (L61) What the validator says goes to the next attempt.
// answers: attempt 0: "draft"
// answers: attempt 1: "better draft with sources"
// asks: attempt 0 @ g0
// asks: attempt 1 @ g1
// result: {"ok":true,"value":"better draft with sources","verdict":{"ok":true},"attempts":2}

export const meta = { name: "c44", description: "Sends a draft back once." };

return gate(
  (feedback, attempt) =>
    agent(`Write it. ${feedback ?? ""}`, { label: `attempt ${attempt}` }),
  (text) => (text.includes("sources") ? { ok: true } : { ok: false, feedback: "Name sources." }),
);

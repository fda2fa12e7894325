// Asks an agent for a better message; libraries may ask as scripts do.
export const rewriter = ({ longest }) => (_, { id, message, faults }) =>
  agent(
    `Rewrite this message; the subject has at most ${longest} characters.\nWrong: ${faults.join(", ")}\n\n${message}`,
    { label: `rewrite ${id}` },
  );

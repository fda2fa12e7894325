// C47 (L75) A mode that is wider than the run's rights gives none, and says so once.
// says: warning: agent mode "bypassPermissions" is more than a script can give: the run's holds
// asks: a
// asks: b
// asks: c
// result: ["a","b","c","bad_argument"]

export const meta = { name: "c47", description: "Asks for all rights there are." };

const ask = (label, options) => agent("Go on.", { label, ...options });
return [
  await ask("a", { mode: "bypassPermissions" }),
  await ask("b", { permissions: { mode: "bypassPermissions" } }),
  await ask("c", { mode: "plan", tools: ["Read", "Bash"] }),
  await ask("d", { mode: "root" }).catch((e) => e.code),
];

// C12 (L13) `import()` is refused before anything runs.
// refused: script_invalid at 7:18: SyntaxError: `import()` is not available: a script imports by `import … from './file.js'`, right after `meta`

export const meta = { name: "c12", description: "Wants the file system later." };

log("before");
const fs = await import("node:fs");

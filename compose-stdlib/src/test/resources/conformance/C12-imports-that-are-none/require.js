// C12 (L13) And so is `require()`.
// refused: script_invalid at 7:12: SyntaxError: `require()` is not available: a script imports by `import … from './file.js'`, right after `meta`

export const meta = { name: "c12", description: "Wants the file system as of old." };

log("before");
const fs = require("fs");

// C13 (L15) A library has no `await` at its top.
// refused: script_invalid at lib/waits.js:1:23: SyntaxError: an imported file cannot await outside a function

export const meta = { name: "c13", description: "Imports what cannot wait." };
import { answer } from "./lib/waits.js";

// C13 (L13) A syntax error in a library refuses the script, where the error is.
// refused: script_invalid at lib/typo.js:2:14: SyntaxError: expected BindingIdentifier or BindingPattern

export const meta = { name: "c13", description: "Imports what nobody can read." };
import { two } from "./lib/typo.js";

// C12 (L13) An import that does not stand right after `meta` is refused.
// refused: script_invalid at 7:1: SyntaxError: imports stand right after `meta`, before anything else

export const meta = { name: "c12", description: "Imports too late." };

log("before");
import { ask } from "./library.js";

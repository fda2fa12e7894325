// C13 (L15) Libraries that import each other are refused.
// refused: script_invalid at lib/right.js:1:1: ImportError: imports in a circle: lib/left.js → lib/right.js → lib/left.js

export const meta = { name: "c13", description: "Goes round in a circle." };
import "./lib/left.js";

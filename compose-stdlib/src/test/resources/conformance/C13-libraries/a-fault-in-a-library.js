// C13 (L112) An error in a library tells the library's own line and column.
// fails: script_error at lib/broken.js:4:10: TypeError: Cannot read property 'length' of undefined

export const meta = { name: "c13", description: "Calls a library that is wrong." };
import { longest } from "./lib/broken.js";

return longest([]);

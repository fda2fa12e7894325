// C06 (L3, L112) An error in a TypeScript library is where it stands there.
// fails: script_error at lib/failing.ts:3:36: RangeError: too many

export const meta = { name: "c06", description: "Calls a library that fails." };
import { check } from "./lib/failing.ts";

check<number>([1, 2, 3]);

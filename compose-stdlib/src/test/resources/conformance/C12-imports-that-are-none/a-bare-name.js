// C12 (L13) A package is refused before anything runs, where it is asked for.
// refused: script_invalid at 5:1: SyntaxError: 'node:fs' cannot be imported: an import names a file by ./ or ../, and ends in .js, .mjs or .ts

export const meta = { name: "c12", description: "Wants the file system." };
import { readFileSync } from "node:fs";

log(readFileSync("/etc/passwd"));

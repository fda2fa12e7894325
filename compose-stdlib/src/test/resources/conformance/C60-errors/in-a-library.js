// C60 (L112) The same in a library, under the library's name.
// answers: ask: !schema_exhausted
// trial: the host's
// args: "host"
// asks: ask
// fails: schema_exhausted at lib/asking.js:4:9: WorkflowError: because
// trial: its own
// args: "own"
// fails: script_error at lib/asking.js:8:9: SyntaxError: own

export const meta = { name: "c60", description: "Fails, somewhere." };
import { host, own } from "./lib/asking.js";

await (args === "host" ? host() : own());

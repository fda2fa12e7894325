// C10 (L11) A script may declare names of the language for itself, in every way there is.
// result: [1,"waited","gated","verified",null,"own agent"]

export const meta = { name: "c10", description: "Brings helpers of its own." };

const sleep = async (ms) => "waited".slice(0, ms);
function gate() {
  return "gated";
}
let verify = "verified";
var checkpoint = null;
class retry {
  static attempts = 1;
}
const inner = (agent) => agent();
return [
  retry.attempts, await sleep(6), gate(), verify, checkpoint, inner(() => "own agent"),
];

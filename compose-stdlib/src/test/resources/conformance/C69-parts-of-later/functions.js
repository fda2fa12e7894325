// C69 (L121) A function of a later part says so, and one's own of that name works.
// result: {"sleep":"not_available: sleep() is not available in this version of mimo","approve":"not_available: approve() is not available in this version of mimo","ask":"not_available: ask() is not available in this version of mimo","checkpoint":"not_available: checkpoint() is not available in this version of mimo","writeFile":"not_available: writeFile() is not available in this version of mimo","tool":"not_available: tool() is not available in this version of mimo","setTimeout":"not_available: setTimeout() is not available in this version of mimo","clearTimeout":"not_available: clearTimeout() is not available in this version of mimo","own":"own"}

export const meta = { name: "c69", description: "Uses what is not there yet." };

const later = {
  sleep, approve, ask, checkpoint, writeFile, tool, setTimeout, clearTimeout,
  own: (() => {
    const sleep = () => Promise.reject({ code: "", message: "own" });
    return sleep;
  })(),
};
const told = {};
for (const [name, call] of Object.entries(later)) {
  try {
    await call("x");
    told[name] = "there";
  } catch (e) {
    told[name] = e.code ? `${e.code}: ${e.message}` : e.message;
  }
}
return told;

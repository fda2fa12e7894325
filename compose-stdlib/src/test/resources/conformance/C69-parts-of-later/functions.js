// C69 (L121) A function of a later part says so, and one's own of that name works.
// result: {"tool":"not_available: tool() is not available in this version of mimo","own":"own"}

export const meta = { name: "c69", description: "Uses what is not there yet." };

const later = {
  tool,
  own: (() => {
    const tool = () => Promise.reject({ code: "", message: "own" });
    return tool;
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

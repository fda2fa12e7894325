// C38 (L50) What is no duration is refused before anything is asked for.
// result: ["sleep: -1 is no duration; write milliseconds, or text such as \"90s\", \"2h\" or \"3d\"","sleep: NaN is no duration; write milliseconds, or text such as \"90s\", \"2h\" or \"3d\"","sleep: \"soon\" is no duration; write milliseconds, or text such as \"90s\", \"2h\" or \"3d\"","sleep: \"90\" is no duration; write milliseconds, or text such as \"90s\", \"2h\" or \"3d\"","sleep: a value of type undefined is no duration; write milliseconds, or text such as \"90s\", \"2h\" or \"3d\"","sleep: \"367d\" is longer than 366 days","sleep: Infinity is longer than 366 days","setTimeout: \"-1s\" is no duration; write milliseconds, or text such as \"90s\", \"2h\" or \"3d\"","setTimeout: the callback must be a function","bad_argument","TypeError"]

export const meta = { name: "c38", description: "Asks for no moment." };

const told = [];
let last;
const refused = async (attempt) => {
  try {
    await attempt();
    told.push("taken");
  } catch (e) {
    last = e;
    told.push(e.message);
  }
};
for (const value of [-1, NaN, "soon", "90", undefined, "367d", Infinity]) {
  await refused(() => sleep(value));
}
await refused(() => setTimeout(() => 0, "-1s"));
await refused(() => setTimeout("log(1)", 1));
return [...told, last.code, last.name];

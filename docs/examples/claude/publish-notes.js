// Writes release notes and lets people decide. It may wait over a night: where nobody watches, the run
// parks, anybody answers with `mimo runs answer`, and `mimo runs resume --due` goes on.
export const meta = {
  name: "publish-notes",
  description: "Writes release notes and asks before they are called final.",
  phases: ["Write", "Decide"],
};

const version = args?.version ?? "next";

phase("Write");
const notes = await parallel({
  fixed: () => agent(`What does ${version} fix?`, { label: "fixed" }),
  added: () => agent(`What does ${version} add?`, { label: "added" }),
});

phase("Decide");
const tone = await ask("Which tone?", {
  choices: ["plain", "proud"],
  timeout: "1d",
  default: "plain",
});
const text = await agent(`Join these notes in a ${tone} tone: ${JSON.stringify(notes)}`, {
  label: "join",
});
const final = await approve(`Publish the notes of ${version}?`, { timeout: "3d" });
if (!final) log("nobody has agreed; the notes stay a draft");
return { version, tone, final, text };

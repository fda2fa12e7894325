// C13 (L13, L15) Libraries run once, before the body and in the order of need, and ask as a script does.
// says: base
// says: questions
// enters: Ask
// asks: Which files matter? in Ask
// asks: Which of them are old? in Ask
// answers: Which files matter?: "a.js"
// answers: Which of them are old?: "none"
// result: ["a.js","none",2]

export const meta = { name: "c13", description: "Keeps its questions in a library." };
import * as questions from "./lib/questions.js";
import old, { matters } from "./lib/questions.js";

phase("Ask");
const answers = [await matters(), await old()];
return [...answers, questions.count];

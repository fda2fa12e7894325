// What a commit's message must be like. Pure: asks nobody.
export const LONGEST_SUBJECT = 72;

const RULES = [
  ["the subject is too long", (subject) => subject.length > LONGEST_SUBJECT],
  ["the subject ends with a full stop", (subject) => subject.endsWith(".")],
  ["the subject is no order", (subject) => /^\w+(?:ed|ing)\b/.test(subject)],
];

export function faults(message) {
  const [subject = "", blank = ""] = message.split("\n");
  const found = RULES.filter(([, breaks]) => breaks(subject)).map(([name]) => name);
  return blank === "" ? found : [...found, "the second line is not empty"];
}

// C70 (L56, S62) `writeFile` refuses text that holds one of mimo's redaction placeholders.
// asks: writeFile notes.txt
// answers: writeFile notes.txt: null
// result: ["bad_argument","bad_argument","bad_argument","written undefined"]

export const meta = { name: "c70", description: "Writes what was redacted." };

const write = (text) =>
  writeFile("notes.txt", text).then(
    (value) => `written ${value}`,
    (e) => e.code,
  );
return [
  await write("key = [REDACTED:live:0af3]"),
  await write(undefined),
  await write("\ud800"),
  await write("key = [REDACTED]"),
];

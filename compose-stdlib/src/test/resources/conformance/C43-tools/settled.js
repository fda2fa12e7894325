// C43 (L59) With failureMode "settled" a failure is a record; a mistake of the script still throws.
// answers: tool read: "1\tone"
// answers: tool webfetch: !permission_denied
// answers: tool bash: !tool_failed
// answers: tool shell: !bad_argument
// asks: tool read
// asks: tool webfetch
// asks: tool bash
// asks: tool shell
// result: [{"ok":true,"status":"succeeded","value":"1\tone"},"denied permission_denied","failed tool_failed","bad_argument"]

export const meta = { name: "c43", description: "Settles four calls of tools." };

const settled = (definition, args) => tool({ definition, args, failureMode: "settled" });
const told = ({ ok, status, error }) => (ok ? status : `${status} ${error.code}`);
return [
  await settled("read", { file_path: "a.txt" }),
  told(await settled("webfetch", { url: "https://example.org/" })),
  told(await settled("bash", { command: "make" })),
  await settled("shell", { command: "make" }).catch((e) => e.code),
];

// C43 (L59) A tool answers with its text; what is refused, fails or is unknown throws.
// answers: tool read: "1\tone"
// answers: tool webfetch: !permission_denied
// answers: build: !tool_failed
// answers: tool shell: !bad_argument
// asks: tool read
// asks: tool webfetch
// asks: build
// asks: tool shell
// result: ["1\tone","permission_denied","tool_failed","bad_argument"]

export const meta = { name: "c43", description: "Calls four tools." };

const code = (e) => e.code;
return [
  await tool("read", { file_path: "a.txt" }),
  await tool("webfetch", { url: "https://example.org/" }).catch(code),
  await tool({ definition: "bash", args: { command: "make" }, label: "build" }).catch(code),
  await tool("shell", { command: "make" }).catch(code),
];

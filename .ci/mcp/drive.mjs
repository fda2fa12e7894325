// Drives `mimo mcp serve` with the official client, and prints what came of it as one JSON object.
//
// node drive.mjs LAUNCHER FOLDER

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const [launcher, folder] = process.argv.slice(2);
const client = new Client({ name: "judge", version: "1.0.0" });
await client.connect(
  new StdioClientTransport({
    command: launcher,
    args: ["mcp", "serve"],
    cwd: folder,
    env: process.env,
    stderr: "inherit",
  }),
);

const told = [];
const call = async (name, args) => {
  const answer = await client.callTool({ name, arguments: args }, undefined, {
    onprogress: (progress) => told.push(progress.message),
    resetTimeoutOnProgress: true,
    timeout: 120_000,
  });
  return { error: answer.isError === true, ...answer.structuredContent };
};

await client.ping();
const { tools } = await client.listTools();
const { resources } = await client.listResources();
const script = await client.readResource({ uri: "mimo://workflows/ask" });
const workflows = await call("list_workflows", {});
const map = await call("run_workflow", {
  workflow: "repo-map",
  arguments: { dir: "." },
  model: "offline",
});
const asking = await call("run_workflow", { workflow: "ask", model: "offline" });
const answered = await call("answer_run", { run: asking.run, answer: "yes" });
const gone = await call("run_status", { run: "ffffffffffff" });
const never = await call("run_workflow", { workflow: "ask", model: "offline", wait_seconds: 0 });
const cancelled = await call("cancel_run", { run: never.run });
await client.close();

console.log(
  JSON.stringify({
    server: client.getServerVersion().name,
    tools: tools.map((tool) => tool.name),
    resources: resources.map((resource) => resource.uri),
    script: script.contents[0].text,
    workflows: workflows.workflows.map((workflow) => workflow.name),
    map: map.status,
    asking: asking.status,
    questions: asking.questions,
    answered: { status: answered.status, value: answered.value },
    gone: gone.failure?.code,
    cancelled: cancelled.status,
    progress: told.length,
  }),
);

// Puts `mimo mcp serve`, which speaks on its standard streams alone, behind HTTP, for the
// conformance suite: each session there is a process here.
//
// node bridge.mjs LAUNCHER PORT

import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const [launcher, port] = process.argv.slice(2);
const sessions = new Map();

const open = async () => {
  const behind = new StdioClientTransport({ command: launcher, args: ["mcp", "serve"], env: process.env });
  const front = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => sessions.set(id, front),
    enableDnsRebindingProtection: true,
    allowedHosts: [`127.0.0.1:${port}`, `localhost:${port}`],
  });
  front.onmessage = (message) => behind.send(message);
  behind.onmessage = (message) => front.send(message).catch(() => {});
  front.onclose = () => behind.close();
  await behind.start();
  await front.start();
  return front;
};

createServer(async (request, response) => {
  const known = sessions.get(request.headers["mcp-session-id"]);
  (known ?? (await open())).handleRequest(request, response);
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));

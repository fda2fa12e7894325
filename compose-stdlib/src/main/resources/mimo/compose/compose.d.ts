/**
 * The names a Compose workflow script may use. A script is plain JavaScript: the first statement is
 * `export const meta = {…}`, the rest is the body of an async function, and what it returns is the
 * run's result. Put `/// <reference path="compose.d.ts" />` or a copy of this file beside your scripts for completion.
 */

/** Data that can cross between script and host: what JSON can say. */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON Schema (2020-12 subset) that an agent's answer must satisfy. */
type JsonSchema = { [keyword: string]: unknown };

interface AgentOptions {
  /** A few words shown in progress and reports. */
  label?: string;
  /** The group this agent is shown in; otherwise the last `phase()` of the same strand. */
  phase?: string;
  /** The answer must satisfy it; `agent()` then resolves to the value instead of text. */
  schema?: JsonSchema;
  /** `provider/id` or an alias; otherwise the run's model. */
  model?: string;
  /** Ends the agent as `null` after this many milliseconds of work; waiting in line does not count. */
  timeoutMs?: number;
}

/**
 * One agent works on a prompt with the tools of the workspace.
 * Resolves to its text, or with `schema` to the checked value; to `null` if the agent was lost.
 */
declare function agent(prompt: string, options?: AgentOptions): Promise<any>;
declare function agent(request: { prompt: string } & AgentOptions): Promise<any>;

/** Runs all functions at once and waits for all. A function that throws leaves `null` in its slot. */
declare function parallel<T>(tasks: Array<() => T | Promise<T>>): Promise<Array<T | null>>;
declare function parallel<T>(
  tasks: { [key: string]: () => T | Promise<T> },
): Promise<{ [key: string]: T | null }>;

/**
 * Sends each item through the stages on its own: no item waits for another. A stage gets the value
 * of the stage before (the item itself at first), the item and its index. A stage that throws leaves
 * `null` for that item.
 */
declare function pipeline<I>(
  items: I[],
  ...stages: Array<(previous: any, item: I, index: number) => any>
): Promise<any[]>;

/** Groups the agents that follow in the same strand under a title. */
declare function phase(title: string): void;

/** Writes a line to the run's log. Objects are shown as JSON. */
declare function log(...values: unknown[]): void;
declare const console: {
  log: typeof log;
  info: typeof log;
  warn: typeof log;
  error: typeof log;
  debug: typeof log;
};

/** What the run was started with: an object from `--args` or `key=value`, or `undefined`. */
declare const args: any;

/** The workspace root as a script may name it. */
declare const cwd: string;
declare const process: { cwd(): string; env: {} };

/** What the run may spend and has spent, as of the last answer the script received. */
declare const budget: {
  readonly total: number | null;
  readonly unit: "tokens" | "usd";
  spent(): number;
  remaining(): number;
};

/** The text of a file of the workspace, or `null` if there is none. UTF-8, at most 4 MiB. */
declare function readFile(path: string): Promise<string | null>;

/** Whether the workspace holds this path. */
declare function exists(path: string): Promise<boolean>;

/** Paths of files that match, relative to the workspace, sorted. Dotfiles are included. */
declare function glob(pattern: string, options?: {
  /** Leave out what the repository's .gitignore files leave out. */
  gitignore?: boolean;
}): Promise<string[]>;

/** What host functions throw or reject with. */
interface WorkflowError extends Error {
  /** A stable snake_case name, for example `budget_exhausted`. */
  code: string;
}

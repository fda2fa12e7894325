/**
 * The names a Compose workflow script may use. A script is plain JavaScript, or TypeScript that is
 * no more than JavaScript with types: the first statement is `export const meta = {…}`, the rest is
 * the body of an async function, and what it returns is the run's result. TypeScript knows no
 * `return` outside of functions: end a script with `export default` instead, which means the same.
 * Put a copy of this file beside your scripts.
 */

/** What `export const meta` may say: `const meta: WorkflowMeta = {…}`. Other keys are kept. */
interface WorkflowMeta {
  name: string;
  description: string;
  whenToUse?: string;
  phases?: ReadonlyArray<string | { readonly title: string; readonly detail?: string; readonly model?: string }>;
  /** The run's default model. */
  model?: string;
  /** Asked once at launch; never more than the user's own rules. Without `patterns`: all of it. */
  permissions?: ReadonlyArray<{
    readonly permission: string;
    readonly patterns?: readonly string[];
    readonly always?: readonly string[];
    readonly reason?: string;
  }>;
  dialect?: "claude" | "mimocode" | "odw";
  /** Tokens (`200000`, `"200k"`, `"1.5m"`) or money (`"1.50usd"`). */
  budget?: number | string;
  version?: string;
  tags?: readonly string[];
  [key: string]: unknown;
}

/**
 * Data that can cross between script and host: what JSON can say. TypeScript cannot tell it from
 * anything else without refusing every interface; mimo tells it when the value crosses.
 */
type Json = unknown;

/** A JSON Schema (2020-12 subset) that an agent's answer must satisfy. */
type JsonSchema = { readonly [keyword: string]: unknown };

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
  /** Ends the agent as `null` after this many milliseconds without progress. */
  stallMs?: number;
  /** Attempts after the first, 0 to 10, where the agent failed in a way another may not. */
  retries?: number;
  /** Requests to the model the agent may make, 1 to 200. */
  maxTurns?: number;
  /** How hard the model should think; the nearest level it takes is sent. */
  effort?: "off" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max";
  /** A named agent: one of mimo's own, or defined by a file in `.mimocode/agents`. */
  agentType?: string;
  /** Resolves to a handle with which the same agent goes on. */
  keep?: boolean;
  /** The folder of the workspace it works in, and cannot leave. */
  cwd?: string;
  /** All the tools it may use, of those the run's agents have. */
  tools?: readonly string[];
  /** `"read-only"`, or a word that means it elsewhere: it changes nothing, whatever is permitted. */
  mode?: "read-only" | "plan" | "explore" | "default" | "workspace-write" | (string & {});
  /** It works in a copy of the last commit, kept on a branch if it succeeds with changes. */
  isolation?: "worktree";
  /** What it is told at its start of what is remembered of the project; `"project"` by default. */
  memory?: "project" | "none";
  /** It is sent back until this is judged met: a condition in words, or with checks as well. */
  goal?: string | Goal;
  /**
   * Max Mode: how many candidates each step has, 2 to 9 (`true` is 5), of which one is chosen. All are
   * charged; tools run for the chosen one alone.
   */
  max?: boolean | number | { candidates?: number; policy?: "always" | "mutations" };
}

interface Goal {
  /** What has to be so, as a judge sees it who trusts nothing but what tools print. */
  condition: string;
  /** They run first, and all must pass; a string is a command that must end with 0. */
  checks?: readonly (string | GoalCheck)[];
  /** Whether a pass counts that rests on tests the agent has changed; `"guarded"`: it does not. */
  tests?: "guarded" | "free";
  /** How often it is sent back, 0 to 100. */
  maxReentries?: number;
}

type GoalCheck =
  | { command: string; exit?: number }
  | { exists: string } | { absent: string }
  | { file: string; matches: string }
  | { file: string; sha256: string };

/** An agent that has answered and can go on. As JSON it is `{text, value}`. */
interface Conversation {
  readonly text: string;
  /** What `agent()` would have resolved to. */
  readonly value: any;
  /** The next turn; `null` if it was lost. Turns of one conversation wait for each other. */
  continue(
    prompt: string,
    options?: Omit<
      AgentOptions,
      "model" | "agentType" | "keep" | "cwd" | "tools" | "mode" | "isolation" | "memory"
    >,
  ): Promise<Conversation | null>;
}

/**
 * One agent works on a prompt with the tools of the workspace.
 * Resolves to its text, or with `schema` to the checked value; to `null` if the agent was lost.
 */
declare function agent(
  prompt: string,
  options: AgentOptions & { keep: true },
): Promise<Conversation | null>;
declare function agent(
  request: { prompt: string; keep: true } & AgentOptions,
): Promise<Conversation | null>;
declare function agent(prompt: string, options: AgentOptions & { schema: JsonSchema }): Promise<any>;
declare function agent(prompt: string, options?: AgentOptions): Promise<string | null>;
declare function agent(request: { prompt: string; schema: JsonSchema } & AgentOptions): Promise<any>;
declare function agent(request: { prompt: string } & AgentOptions): Promise<string | null>;
/** With the type you know the answer to have: `agent<Finding[]>(…)`. */
declare function agent<T>(prompt: string, options?: AgentOptions): Promise<T | null>;
declare function agent<T>(request: { prompt: string } & AgentOptions): Promise<T | null>;

/** What a result of `parallel`, `pipeline` or `dag` lacks; hidden from loops, spread and JSON. */
type Loss = { readonly index: number; readonly label: string; readonly reason: string; readonly key?: string };
type Lossy<T> = T & { readonly losses: readonly Loss[] };

/** A part of the script with a budget of its own, beside that of the run. */
interface Part {
  /** The most its agents may spend: a number in `budget.unit`, or text such as "200k" or "1.5usd". */
  budget?: number | string;
}

/** Runs all functions at once and waits for all. A function that throws leaves `null` in its slot. */
declare function parallel<T>(
  tasks: ReadonlyArray<() => T | Promise<T>>,
  options?: Part,
): Promise<Lossy<Array<T | null>>>;
declare function parallel<T>(
  tasks: { [key: string]: () => T | Promise<T> },
  options?: Part,
): Promise<Lossy<{ [key: string]: T | null }>>;

type Stage<P, I, R> = (previous: P, item: I, index: number) => R | Promise<R>;

/**
 * Sends each item through the stages on its own: no item waits for another. A stage gets the value
 * of the stage before (the item itself at first), the item and its index. A stage that throws leaves
 * `null` for that item.
 */
declare function pipeline<I, A>(
  items: readonly I[],
  first: Stage<I, I, A>,
): Promise<Lossy<Array<A | null>>>;
declare function pipeline<I, A, B>(
  items: readonly I[],
  first: Stage<I, I, A>,
  second: Stage<A, I, B>,
): Promise<Lossy<Array<B | null>>>;
declare function pipeline<I, A, B, C>(
  items: readonly I[],
  first: Stage<I, I, A>,
  second: Stage<A, I, B>,
  third: Stage<B, I, C>,
): Promise<Lossy<Array<C | null>>>;
declare function pipeline<I>(
  items: readonly I[],
  ...stages: Array<(previous: any, item: I, index: number) => any>
): Promise<Lossy<any[]>>;

/** Groups the agents that follow in the same strand under a title. */
declare function phase(title: string, options?: Part): void;

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

/**
 * Makes a file of the workspace, and folders that are missing, or replaces all of it at once. UTF-8,
 * at most 4 MiB.
 */
declare function writeFile(path: string, text: string): Promise<void>;

/** Whether the workspace holds this path. */
declare function exists(path: string): Promise<boolean>;

/** Paths of files that match, relative to the workspace, sorted. Dotfiles are included. */
declare function glob(pattern: string, options?: {
  /** Leave out what the repository's .gitignore files leave out. */
  gitignore?: boolean;
}): Promise<string[]>;

interface ToolRequest {
  /** The tool's name, as agents know it. */
  definition: string;
  /** Its input. */
  args?: { readonly [name: string]: Json };
  /** Fails the call after this many milliseconds. */
  timeoutMs?: number;
  /** `"settled"` hands a failure over as a record instead of throwing it. */
  failureMode?: "throw" | "settled";
  /** A few words shown in progress and reports. */
  label?: string;
}

/** How a tool's call ended, with `failureMode: "settled"`. */
interface SettledTool {
  ok: boolean;
  status: "succeeded" | "failed" | "denied";
  value?: string;
  error?: { code: string; message: string };
}

/**
 * One tool of the agents, called by the script itself, with no model between: under the permissions
 * of the run's agents. Resolves to what it answers. A command is `tool("bash", {command})`.
 */
declare function tool(name: string, input?: { readonly [name: string]: Json }): Promise<string>;
declare function tool(request: ToolRequest & { failureMode: "settled" }): Promise<SettledTool>;
declare function tool(request: ToolRequest): Promise<string>;

interface WorkflowOptions extends Part {
  /** How many agents of that script, and of those it runs, are asked at once. */
  maxConcurrentAgents?: number;
  /** The folder it and its agents work in, below the caller's. */
  workspace?: string;
  /** `"settled"` hands a failure over as a record instead of throwing it. */
  failureMode?: "throw" | "settled";
}

/** How another script ended, with `failureMode: "settled"`. */
interface SettledWorkflow {
  ok: boolean;
  status: "succeeded" | "failed";
  workflowName: string;
  output: any;
  error?: { code: string; message: string };
}

/**
 * Runs another script inside this run and gives what it returns. `ref` is a workflow's name, the
 * path of a script below the workspace or beside this one, or a script's text, told by the words
 * `export const meta` in it. The other script has a realm of its own, its own dialect and `args`;
 * agents, money and time count for the run as a whole.
 */
declare function workflow(
  ref: string | ({ name: string; args?: Json } | { scriptPath: string; args?: Json }) & WorkflowOptions,
  args?: Json,
  options?: WorkflowOptions,
): Promise<any>;

/** Milliseconds, or text: `"250ms"`, `"90s"`, `"15m"`, `"2h"`, `"3d"`. At most 366 days. */
type Duration = number | string;

/** Waits until a moment has come, also if the run is stopped and resumed meanwhile. */
declare function sleep(duration: Duration): Promise<void>;

/** Calls a function at a moment, as `sleep` waits for it. What has not come at the end is dropped. */
declare function setTimeout<A extends unknown[]>(
  callback: (...args: A) => unknown,
  delay?: Duration,
  ...args: A
): number;
declare function clearTimeout(id?: number): void;

interface QuestionOptions<T> {
  /** What counts if nobody answers within `timeout`. */
  default?: T;
  /** How long an answer may take; without it, for ever. */
  timeout?: Duration;
  /** Where nobody watches: the run parks (`"pause"`, preset), `default` counts, or the call rejects. */
  headless?: "pause" | "default" | "abort";
}

/** Asks people for a yes or no. `default`, or `false`, if nobody answers in time. */
declare function approve(question: string, options?: QuestionOptions<boolean>): Promise<boolean>;

/** Asks people for a text, a choice, or data. `default`, or `null`, if nobody answers in time. */
declare function ask<T = any>(
  question: string,
  options: QuestionOptions<T> & { schema: JsonSchema },
): Promise<T | null>;
declare function ask<C extends string>(
  question: string,
  options: QuestionOptions<C> & { kind?: "select"; choices: readonly C[] },
): Promise<C | null>;
declare function ask(
  question: string,
  options?: QuestionOptions<string> & { kind?: "input" },
): Promise<string | null>;

/**
 * `approve` with `kind: "confirm"`, else `ask`, by another name. Where nobody watches, `default`
 * counts at once; without one the run parks.
 */
declare function checkpoint(
  question: string,
  options: Omit<QuestionOptions<boolean>, "timeout"> & { kind: "confirm"; timeoutMs?: Duration },
): Promise<boolean>;
declare function checkpoint(
  question: string,
  options?: Omit<QuestionOptions<any>, "timeout"> & {
    kind?: "input" | "select";
    choices?: readonly string[];
    schema?: JsonSchema;
    timeoutMs?: Duration;
  },
): Promise<any>;

/** What host functions throw or reject with. */
interface WorkflowError extends Error {
  /** A stable snake_case name, for example `budget_exhausted`. */
  code: string;
}

interface DagNode {
  id: string;
  /** Ids of the nodes that must have ended before this one starts. */
  dependsOn?: string[];
}

/** Starts each node as soon as its own dependencies have ended. */
declare function dag<N extends DagNode, T>(
  nodes: N[],
  run: (node: N, deps: Array<{ id: string; result: T | null }>) => T | Promise<T>,
): Promise<Lossy<Array<{ id: string; result: T | null }>>>;

/** Tries until `until` holds, or without it until the value is not `null`. */
declare function retry<T>(
  thunk: (attempt: number) => T | Promise<T>,
  options?: { attempts?: number; until?: (value: T) => boolean | Promise<boolean> },
): Promise<T>;

type Verdict = boolean | null | { ok: boolean; feedback?: any };

/** Produces until the validator is content; its feedback goes to the next attempt. */
declare function gate<T, V extends Verdict>(
  produce: (feedback: any, attempt: number) => T | Promise<T>,
  validate: (value: T, attempt: number) => V | Promise<V>,
  options?: { attempts?: number },
): Promise<{ ok: boolean; value: T; verdict: V; attempts: number }>;

/** Reviewers try to refute a claim; `real` is `null` if none of them answered. */
declare function verify(
  item: Json,
  options?: { reviewers?: number; threshold?: number; lens?: string | string[]; agent?: AgentOptions },
): Promise<{
  real: boolean | null;
  realCount: number;
  total: number;
  votes: Array<{ real: boolean; reason: string }>;
}>;

/** Judges score each candidate from 0 to 1; the best mean wins, the first one on a tie. */
declare function judgePanel<C>(
  candidates: C[],
  options?: { judges?: number; rubric?: Json; agent?: AgentOptions },
): Promise<{
  index: number;
  attempt: C;
  score: number;
  judgments: Array<{ score: number; reason: string }>;
} | null>;

/** Collects unique items until some rounds in a row bring nothing new. */
declare function loopUntilDry<T>(options: {
  round: (index: number) => T[] | null | Promise<T[] | null>;
  key?: (item: T) => unknown;
  consecutiveEmpty?: number;
  maxRounds?: number;
}): Promise<T[]>;

/** A critic names what the results lack; `null` if it was lost. */
declare function completenessCheck(
  task: Json,
  results: Json,
  options?: { agent?: AgentOptions },
): Promise<{ complete: boolean; missing: string[] } | null>;

interface Url {
  href: string;
  readonly origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  readonly searchParams: UrlSearchParams;
  hash: string;
  toString(): string;
  toJSON(): string;
}

interface UrlSearchParams extends Iterable<[string, string]> {
  readonly size: number;
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  set(name: string, value: string): void;
  sort(): void;
  forEach(callback: (value: string, name: string, params: UrlSearchParams) => void): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  toString(): string;
}

/** As on the web, for `http`, `https` and `file` with ASCII hosts. */
declare const URL: {
  new (url: string, base?: string): Url;
  canParse(url: string, base?: string): boolean;
  parse(url: string, base?: string): Url | null;
};
declare const URLSearchParams: {
  new (init?: string | Iterable<[string, string]> | { [name: string]: string }): UrlSearchParams;
};

/** As on the web, for UTF-8 alone. */
declare const TextEncoder: {
  new (): {
    readonly encoding: "utf-8";
    encode(text?: string): Uint8Array;
    encodeInto(text: string, destination: Uint8Array): { read: number; written: number };
  };
};
declare const TextDecoder: {
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): {
    readonly encoding: "utf-8";
    decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
  };
};
/** As on the web; nothing can be transferred. */
declare function structuredClone<T>(value: T): T;
/** As on the web; a throw in it becomes a warning of the run. */
declare function queueMicrotask(callback: () => void): void;

/** What stages and rounds of the dialect `odw` get beside their value. */
interface OdwContext {
  agent: typeof agent;
  tool: typeof tool;
  log: typeof log;
  agentId(suffix?: string): string;
  toolId(suffix?: string): string;
  [where: string]: any;
}

/** Only in the dialect `odw`: rounds over a state until one is done. */
declare function loop<S>(input: {
  label?: string;
  initialState: S;
  run: (state: S, context: OdwContext) => Promise<{ done: boolean; nextState: S }>;
  options: { maxRounds: number; failureMode?: "throw" | "settled" };
}): Promise<any>;

/** Only in the dialect `odw`: one map for the run, of copies. */
declare const context: {
  set(key: string, value: Json): void;
  get(key: string): any;
  append(key: string, value: Json): void;
  snapshot(): { [key: string]: any };
};

export const meta = {
  name: "repo-map",
  description: "Writes a map of a repository: what each part is for and where to start reading, with links.",
  whenToUse: "At the start of work in a repository you do not know.",
  phases: [
    { title: "Survey", detail: "finds the folders that hold the sources" },
    { title: "Read", detail: "one agent for each folder reads its files and says what they are for" },
    { title: "Write", detail: "one agent writes the introduction and the reading order" },
  ],
};

// Folders and files that say nothing about a repository, whatever its .gitignore leaves in.
const DULL_FOLDERS = new Set([
  ".git", "node_modules", "target", "dist", "build", "out", "vendor", "third_party", "__pycache__",
  ".venv", ".gradle", ".idea", ".vscode", "coverage",
]);
const DULL_FILES =
  /^(package-lock\.json|yarn\.lock|pnpm-lock\.yaml|Cargo\.lock|go\.sum|REPO-MAP\.md|\.DS_Store)$|\.(png|jpe?g|gif|webp|ico|icns|svg|pdf|zip|gz|tgz|jar|war|class|so|dylib|dll|exe|bin|dat|woff2?|ttf|otf|eot|mp[34]|mov|wasm|min\.js|map|snap)$/i;

const SMALL_AREA = 8; // an area of so few files is not worth splitting
const LISTED_FILES = 60; // names one prompt lists; the agent finds the others with glob
const KEY_FILES = 6;

const dir = cleanFolder(args?.dir ?? ".");
const maxAreas = Number(args?.areas ?? 24);

// ---- Survey -------------------------------------------------------------------------------------

phase("Survey");
const found = await glob(dir === "." ? "**" : `${literal(dir)}/**`, { gitignore: true });
const files = found.filter((path) => !isDull(path));
if (files.length === 0) {
  throw new Error(`there is nothing to map: "${dir}" holds no source files`);
}
const known = new Set(files);
const areas = divide(folder(dir, files), maxAreas);
log(`${files.length} files in ${areas.length} areas`);

// ---- Read ---------------------------------------------------------------------------------------

phase("Read");
const readings = await parallel(
  areas.map((area) => () =>
    agent(areaPrompt(area), {
      label: area.path + (area.loose ? " (files)" : ""),
      phase: "Read",
      schema: areaSchema(),
    }),
  ),
);

// ---- Write --------------------------------------------------------------------------------------

phase("Write");
const introduction = await agent(introductionPrompt(), {
  label: "introduction",
  phase: "Write",
  schema: introductionSchema(),
});

return render();

// ---- Dividing a tree into areas -----------------------------------------------------------------

function cleanFolder(path) {
  const clean = path.replace(/\/+$/, "").replace(/^(\.\/)+/, "");
  return clean === "" ? "." : clean;
}

/** A folder may be called `[id]`: its name is no pattern. */
function literal(path) {
  return path.replace(/[\\*?[\]{},]/g, "\\$&");
}

function isDull(path) {
  const parts = path.split("/");
  const name = parts.pop();
  return parts.some((part) => DULL_FOLDERS.has(part)) || DULL_FILES.test(name);
}

function folder(path, paths) {
  return { path, files: paths, loose: false, whole: false };
}

/** The deepest folder that holds all of them: nobody wants `src` to be a stop on its own. */
function commonFolder(paths) {
  let common = paths[0].slice(0, paths[0].lastIndexOf("/") + 1);
  for (const path of paths) {
    while (!path.startsWith(common)) {
      common = common.slice(0, common.lastIndexOf("/", common.length - 2) + 1);
    }
  }
  return common === "" ? "." : common.slice(0, -1);
}

/** The files that lie in the folder itself, and one area for each folder below it. */
function partsOf(area) {
  const prefix = area.path === "." ? "" : `${area.path}/`;
  const loose = [];
  const below = new Map();
  for (const path of area.files) {
    const end = path.indexOf("/", prefix.length);
    const head = path.slice(prefix.length, end);
    if (end < 0) loose.push(path);
    else if (below.has(head)) below.get(head).push(path);
    else below.set(head, [path]);
  }
  const parts = [...below.values()].map((paths) => folder(commonFolder(paths), paths));
  if (parts.length === 1 && loose.length === 0) return partsOf(parts[0]);
  if (loose.length > 0) parts.unshift({ path: area.path, files: loose, loose: true, whole: true });
  return parts;
}

function isLarger(area, other) {
  const more = area.files.length - other.files.length;
  return more > 0 || (more === 0 && area.path < other.path);
}

/** Splits the largest area again and again until no more fit or all are small. */
function divide(root, limit) {
  let areas = [root];
  for (;;) {
    const largest = areas
      .filter((area) => !area.whole && area.files.length > SMALL_AREA)
      .reduce((best, area) => (best === null || isLarger(area, best) ? area : best), null);
    if (largest === null) break;
    const parts = partsOf(largest);
    if (parts.length < 2 || areas.length - 1 + parts.length > limit) largest.whole = true;
    else areas = areas.flatMap((area) => (area === largest ? parts : [area]));
  }
  return areas.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

// ---- What the agents are asked ------------------------------------------------------------------

function areaSchema() {
  return {
    type: "object",
    additionalProperties: false,
    required: ["purpose", "files"],
    properties: {
      purpose: {
        type: "string",
        minLength: 1,
        maxLength: 400,
        description: "What this folder is for, in one or two plain sentences.",
      },
      files: {
        type: "array",
        maxItems: KEY_FILES,
        description: "The files a newcomer should open first, most telling first.",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["path", "role"],
          properties: {
            path: { type: "string", description: "The file's path as listed." },
            role: { type: "string", maxLength: 240, description: "What it does, in one sentence." },
          },
        },
      },
    },
  };
}

function introductionSchema() {
  return {
    type: "object",
    additionalProperties: false,
    required: ["title", "overview", "start"],
    properties: {
      title: { type: "string", minLength: 1, maxLength: 80, description: "The project's name." },
      overview: {
        type: "string",
        minLength: 1,
        maxLength: 1200,
        description: "What the project is and how its parts work together, in a short paragraph.",
      },
      start: {
        type: "array",
        maxItems: 5,
        description: "Where to start reading, in order.",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["path", "why"],
          properties: {
            path: { type: "string", description: "A file's path." },
            why: { type: "string", maxLength: 240, description: "What it teaches." },
          },
        },
      },
    },
  };
}

function areaPrompt(area) {
  const shown = area.files.slice(0, LISTED_FILES).map((path) => `- ${path}`);
  const more = area.files.length - shown.length;
  if (more > 0) shown.push(`- … and ${more} more; find them with glob`);
  const which = area.loose
    ? `the files that lie directly in the folder "${area.path}" (not in the folders below it)`
    : `the folder "${area.path}"`;
  return [
    `You map a part of a repository for somebody new to it: ${which}.`,
    "Read the files that tell most (a README, the entry point, the central types), then say what this",
    "part is for and which files to open first. Say only what you saw in the files.",
    "",
    `Files (${area.files.length}):`,
    ...shown,
  ].join("\n");
}

function introductionPrompt() {
  const readme = files.find((path) => /^([^/]+\/)?readme(\.\w+)?$/i.test(path));
  const where = readme === undefined ? `the folder "${dir}"` : `the file "${readme}"`;
  const summaries = areas.map((area, i) => {
    const reading = readings[i];
    return `- ${area.path}: ${reading === null ? "(not read)" : oneLine(reading.purpose)}`;
  });
  return [
    `You introduce a repository to somebody new to it. Start with ${where}.`,
    "Colleagues have read its parts and report:",
    ...summaries,
    "",
    "Say what the project is, how the parts work together, and where to start reading.",
  ].join("\n");
}

// ---- The map ------------------------------------------------------------------------------------

function render() {
  const lines = [];
  lines.push(`# Map of ${introduction === null ? dir : oneLine(introduction.title)}`, "");
  lines.push(introduction === null ? "_No introduction: its agent was lost._" : introduction.overview.trim());
  lines.push("", `${files.length} files in ${areas.length} areas.`, "");
  if (introduction !== null) lines.push(...startLines(introduction.start));
  lines.push("## Areas", "");
  lines.push("| area | files | what it is for |", "|---|---|---|");
  areas.forEach((area, i) => lines.push(rowOf(area, readings[i])));
  lines.push("");
  areas.forEach((area, i) => lines.push(...sectionOf(area, readings[i])));
  return lines.join("\n");
}

function startLines(start) {
  const steps = start.filter((step) => known.has(step.path));
  if (steps.length === 0) return [];
  return [
    "## Start here",
    "",
    ...steps.map((step, i) => `${i + 1}. ${link(step.path)} – ${oneLine(step.why)}`),
    "",
  ];
}

function rowOf(area, reading) {
  const purpose = reading === null ? "_not read: its agent was lost_" : cell(reading.purpose);
  return `| ${link(area.path)}${area.loose ? " (files)" : ""} | ${area.files.length} | ${purpose} |`;
}

function sectionOf(area, reading) {
  if (reading === null) return [];
  // A link that leads nowhere is worse than none: only paths that exist are linked.
  const keys = reading.files.filter((file) => known.has(file.path));
  if (keys.length === 0) return [];
  return [
    `### ${area.path}${area.loose ? " (files)" : ""}`,
    "",
    ...keys.map((file) => `- ${link(file.path)} – ${oneLine(file.role)}`),
    "",
  ];
}

function link(path) {
  // Parentheses would end the link, and the others the path.
  const target = encodeURI(path).replace(/[()#?]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `[\`${path}\`](${target})`;
}

function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}

function cell(text) {
  return oneLine(text).replace(/\|/g, "\\|");
}

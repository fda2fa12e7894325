// Looks at each dependency of package.json: is it kept, is it needed, is there a safer one. Hosts
// that packages come from are read with URL, so that a look-alike is not missed.
export const meta = {
  name: "dependency-audit",
  description: "Audits the dependencies of a JavaScript project.",
  phases: [{ title: "Read" }, { title: "Audit" }, { title: "Advise" }],
};

phase("Read");
const text = await readFile(args?.file ?? "package.json");
if (text === null) return { error: "there is no package.json here" };
let manifest;
try {
  manifest = JSON.parse(text);
} catch (e) {
  return { error: `package.json is no JSON: ${e.message}` };
}
const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

// A version may be an address; then its host matters more than its number.
const hostOf = (version) => {
  try {
    return new URL(version).host;
  } catch {
    return "the registry";
  }
};

phase("Audit");
const AUDIT = {
  type: "object",
  properties: {
    used: { type: "boolean" },
    concern: { type: ["string", "null"] },
    severity: { enum: ["none", "low", "high"] },
  },
  required: ["used", "concern", "severity"],
};
const audits = await parallel(
  wanted.map(([name, version]) => async () => ({
    name,
    version,
    from: hostOf(version),
    ...(await agent(`Is ${name} ${version} (from ${hostOf(version)}) used here, and is it sound?`, {
      label: `audit ${name}`,
      schema: AUDIT,
    })),
  })),
);

phase("Advise");
const concerns = audits.filter((audit) => audit?.used === false || audit?.severity === "high");
const advice = concerns.length
  ? await agent(`In which order should these be dealt with?\n${JSON.stringify(concerns)}`, {
      label: "advise",
    })
  : "Nothing to do.";
return { looked: audits.length, concerns: concerns.map((audit) => audit.name), advice };

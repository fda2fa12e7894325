// readFile, exists, glob and writeFile: the workspace. Each call is a step, so a resumed run sees what
// the run saw, not today's disk, and writes nothing twice (L38, L55–L57).

// What stands where a secret stood. A script that writes it would destroy the secret it stands for.
const REDACTED = /\[REDACTED:[a-z0-9-]+:[0-9a-f]{4}\]/;

function ask(where, name, value, request) {
  try {
    if (typeof value !== "string" || value === "") {
      throw wf.badArgument(`${where}: the ${name} must be a non-empty string`);
    }
    return wf.call("file", request());
  } catch (fault) {
    return Promise.reject(fault);
  }
}

wf.define("readFile", function readFile(path) {
  return ask("readFile", "path", path, () => ({ operation: "readFile", path }));
});

wf.define("writeFile", function writeFile(path, text) {
  return ask("writeFile", "path", path, () => {
    if (typeof text !== "string") throw wf.badArgument("writeFile: the text must be a string");
    if (!text.isWellFormed()) {
      throw wf.badArgument("writeFile: the text holds half a character (a lone surrogate)");
    }
    if (REDACTED.test(text)) {
      throw wf.badArgument("writeFile: the text holds a [REDACTED:…] mark in place of a secret");
    }
    return { operation: "writeFile", path, text };
  }).then(() => {});
});

wf.define("exists", function exists(path) {
  return ask("exists", "path", path, () => ({ operation: "exists", path }));
});

wf.define("glob", function glob(pattern, options) {
  return ask("glob", "pattern", pattern, () => {
    const gitignore = options === undefined || options === null ? undefined : options.gitignore;
    if (gitignore !== undefined && typeof gitignore !== "boolean") {
      throw wf.badArgument("glob: gitignore must be true or false");
    }
    return { operation: "glob", pattern, gitignore: gitignore === true };
  });
});

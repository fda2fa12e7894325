// readFile, exists and glob: reads of the workspace. Each is a step, so a resumed run sees what the
// run saw, not today's disk (L38, L55, L57).

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

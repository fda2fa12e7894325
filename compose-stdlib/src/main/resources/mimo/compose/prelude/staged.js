// Names of the language whose part does not exist yet. A script that declares its own is served by
// its own (L11); one that calls ours is told at once (L121).

const { functions } = wf.settings.staged;

for (let i = 0; i < functions.length; i++) {
  const name = functions[i];
  const refusal = () =>
    wf.error("not_available", `${name}() is not available in this version of mimo`);
  wf.define(name, () => Promise.reject(refusal()));
}

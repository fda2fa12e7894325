// Names of the language whose part does not exist yet. A script that declares its own is served by
// its own (L11); one that calls ours is told at once (L121).

function refuse(name) {
  return wf.error("not_available", `${name}() is not available in this version of mimo`);
}

const { promising, immediate } = wf.settings.staged;

for (let i = 0; i < promising.length; i++) {
  const name = promising[i];
  wf.define(name, () => Promise.reject(refuse(name)));
}

for (let i = 0; i < immediate.length; i++) {
  const name = immediate[i];
  wf.define(name, function staged() {
    throw refuse(name);
  });
}

// expect: nothing leaks
for (const name of ["wf", "k", "kernel", "host", "__wf_r", "__wf_e", "limits", "primordials"]) {
  attempt(name, () => globalThis[name]);
}
attempt("typeof wf", () => wf);
attempt("typeof k", () => k);

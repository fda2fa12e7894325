// queueMicrotask(callback): as on the web; a throw in it becomes a warning of the run (L60).

wf.define("queueMicrotask", function queueMicrotask(callback) {
  if (typeof callback !== "function") {
    throw wf.badArgument("queueMicrotask: the callback must be a function");
  }
  Promise.resolve().then(() => {
    callback();
  });
});

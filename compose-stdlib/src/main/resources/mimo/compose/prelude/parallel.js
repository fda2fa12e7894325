// parallel(tasks, {budget}?): all functions at once, and a wait for all (L41, L96).

const { budgets, slots } = wf;

function read(tasks, keys) {
  const thunks = [];
  for (let i = 0; i < keys.length; i++) {
    const thunk = tasks[keys[i]];
    if (typeof thunk !== "function") {
      throw wf.badArgument(
        `parallel: member ${keys[i]} is no function; write () => agent(...), not agent(...)`,
      );
    }
    thunks[i] = thunk;
  }
  return thunks;
}

// Opens a budget for all slots together; the result brings a slot into it.
function part(limit) {
  const number = budgets.open("parallel", budgets.current(), limit);
  return () => budgets.enter(number);
}

wf.define("parallel", function parallel(tasks, options) {
  try {
    if (typeof tasks !== "object" || tasks === null) {
      throw wf.badArgument("parallel: expected an array of functions, or an object of them");
    }
    const limit = budgets.read("parallel", options?.budget);
    const list = Array.isArray(tasks);
    const keys = list ? slots.indexes("parallel", tasks) : Object.keys(tasks);
    slots.checkLength("parallel", keys.length);
    const thunks = read(tasks, keys);
    const enter = limit === undefined || keys.length === 0 ? undefined : part(limit);
    const started = [];
    for (let i = 0; i < keys.length; i++) {
      started[i] = slots.run(`p${keys[i]}`, `parallel[${keys[i]}]`, () => {
        if (enter !== undefined) enter();
        return thunks[i]();
      });
    }
    return slots.gather(keys, started, list ? [] : {});
  } catch (fault) {
    return Promise.reject(fault);
  }
});

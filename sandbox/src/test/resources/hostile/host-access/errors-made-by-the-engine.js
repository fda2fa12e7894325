// expect: nothing leaks
const makers = [() => null.x, () => undeclared, () => new Array(-1), () => "x".repeat(-1), () => JSON.parse("{"),
  () => new RegExp("("), () => Symbol() + "", () => 1n + 1, () => decodeURI("%"), () => new Proxy({}, null),
  () => Reflect.construct(1), () => (void 0)(), () => { "use strict"; undefined.x = 1; }, () => new Date(NaN).toISOString(),
  () => "x".normalize("bad"), () => (1).toFixed(1000), () => structuredCloneOf(agent), () => [].reduce(() => 0)];
for (const make of makers) {
  try { make(); } catch (e) {
    const text = e.name + e.message + e.stack + Reflect.ownKeys(e).join() + String(e.cause);
    if (/java|graal|truffle|polyglot|oracle|mimo|kernel|wf-|\/(usr|tmp|home|root|work)/i.test(text)) leaks.push(text);
  }
}

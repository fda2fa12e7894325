// expect: nothing leaks
for (const f of [agent, log, parallel, Date, Error, Math.random, Promise.prototype.then, crypto.randomUUID]) {
  const text = (() => 0).toString.call(f);
  if (/java|graal|truffle|host\./i.test(text.replace(/k\.host/g, ""))) leaks.push(text.slice(0, 80));
}

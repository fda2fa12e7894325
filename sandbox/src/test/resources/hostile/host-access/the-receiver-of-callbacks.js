// expect: nothing leaks
const seen = [];
[1].map(function () { seen.push(this); });
await Promise.resolve().then(function () { seen.push(this); });
await { then(resolve) { seen.push(this === undefined ? this : undefined); resolve(); } };
await parallel([function () { seen.push(this); }]);
[2, 1].sort(function () { seen.push(this); return 0; });
"x".replace(/x/, function () { seen.push(this); return ""; });
JSON.parse("1", function () { seen.push(this[""] === 1 ? undefined : this); return 1; });
for (const receiver of seen) if (receiver !== undefined) leaks.push(typeof receiver);

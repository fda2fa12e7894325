// expect: finished []
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const leaks = [];
const attempt = async (name, start) => {
  try { const got = await start(); if (got !== null && got !== false) leaks.push(name + ": " + JSON.stringify(got).slice(0, 60)); }
  catch (e) { if (!/^(path_escape|bad_argument|value_too_large|file_unreadable)$/.test(e.code)) leaks.push(name + ": " + e.code + " " + e.message); }
};

for (const pattern of ["{a,b}".repeat(40), "**/".repeat(200) + "x", "*".repeat(5000), "[" + "a-z".repeat(5000) + "]", "{".repeat(2000), "a".repeat(100000), "?*".repeat(2000)]) {
  await attempt(pattern.slice(0, 9), async () => { const got = await glob(pattern); return got.length === 0 ? null : got; });
}
return leaks;

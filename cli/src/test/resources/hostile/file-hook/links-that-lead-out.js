// expect: finished []
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const leaks = [];
const attempt = async (name, start) => {
  try { const got = await start(); if (got !== null && got !== false) leaks.push(name + ": " + JSON.stringify(got).slice(0, 60)); }
  catch (e) { if (!/^(path_escape|bad_argument|value_too_large|file_unreadable)$/.test(e.code)) leaks.push(name + ": " + e.code + " " + e.message); }
};

for (const path of ["link-to-secret", "link-to-folder/secret.txt", "link-to-link", "loop", "dangling", "link-to-device"]) {
  await attempt(path, () => readFile(path));
}
return leaks;

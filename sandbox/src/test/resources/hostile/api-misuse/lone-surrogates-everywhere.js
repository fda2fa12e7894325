// expect: finished "\ud800"
export const meta = {name: 'hostile', description: 'an attack'};
log("\ud800", { a: "\udbff" });
phase("\ud800");
agent("\ud800");
Promise.reject(new Error("\ud800"));
return "\ud800";

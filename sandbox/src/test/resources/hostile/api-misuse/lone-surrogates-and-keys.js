// expect: finished ["bad_argument","bad_argument"]
export const meta = {name: 'hostile', description: 'an attack'};
return [{ "\ud800": 1 }, [{ "x\udfff": { y: 1 } }]].map((v) => { try { agent(v); } catch (e) { return e.code; } });

// expect: finished {"\ud800":"\udfff","":"","\u0000":1}
export const meta = {name: 'hostile', description: 'an attack'};
return { "\ud800": "\udfff", "": "", "\0": 1 };

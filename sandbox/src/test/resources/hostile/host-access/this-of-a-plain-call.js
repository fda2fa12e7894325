// expect: finished "undefined"
export const meta = {name: 'hostile', description: 'an attack'};
return (function () { return typeof this; })();

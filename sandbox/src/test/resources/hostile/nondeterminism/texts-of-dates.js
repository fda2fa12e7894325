// expect: finished ["Fri Jan 02 2026 03:04:05 GMT+0000 (GMT)","1/2/2026, 3:04:05 AM","Fri, 02 Jan 2026 03:04:05 GMT",0]
export const meta = {name: 'hostile', description: 'an attack'};
const d = new Date(1767323045006);
return [String(d), d.toLocaleString().replace(/\s/g, " "), d.toUTCString(), d.getTimezoneOffset()];

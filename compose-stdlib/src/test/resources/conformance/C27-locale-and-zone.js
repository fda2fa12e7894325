// C27 (L35) Numbers and dates are written as in en-US and UTC on every machine.
// result: ["1,234,567.891","1/2/2026, 3:04:05 AM","1/2/2026","3:04:05 AM",0,"Fri Jan 02 2026","i","I",["a","ä","B","z"]]

export const meta = { name: "c27", description: "Writes a number and a date." };

const at = new Date(Date.UTC(2026, 0, 2, 3, 4, 5));
const plain = (text) => text.replace(/\s/g, " ");
return [
  (1234567.891).toLocaleString(), plain(at.toLocaleString()), at.toLocaleDateString(),
  plain(at.toLocaleTimeString()), at.getTimezoneOffset(), at.toDateString(),
  "I".toLocaleLowerCase(), "i".toLocaleUpperCase(),
  ["z", "ä", "a", "B"].sort((x, y) => x.localeCompare(y)),
];

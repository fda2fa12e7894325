// C65 (L126, L127) Texts, patterns, dates and numbers are those of the language of today.
// result: {"CRLF":["a","b"],"file":"a.js","line":12,"found":[1,22],"behind":"7","sets":[3,true],"grouped":{"odd":[1,3],"even":[2]},"mapped":["bb"],"sorted":[3,2,9],"emoji":4,"big":"100000000000000000000","day":"2026-11-22","week":0,"fixed":"2.3","padded":"007","last":2,"flat":[1,2,3],"entries":{"a":"1","b":"2"},"json":"{\"b\":1,\"a\":[null]}","replaced":"a+b+c","cut":4}

export const meta = { name: "c65", description: "Is written as people write." };

const CRLF = "a\r\nb".split(/\r?\n/);
const { groups } = /(?<file>[^:]+):(?<line>\d+)/.exec("a.js:12");
const found = [..."x1y22".matchAll(/\d+/g)].map(([n]) => Number(n));
const behind = "$5 €7".match(/(?<=€)\d/)[0];
const sets = [new Set([1, 2]).union(new Set([3])).size, new Set([1, 2]).isSubsetOf(new Set([1, 2, 3]))];
const grouped = Object.groupBy([1, 2, 3], (n) => (n % 2 ? "odd" : "even"));
const mapped = Map.groupBy(["a", "bb"], (s) => s.length).get(2);
const sorted = [3, 1, 2].toSorted().with(0, 9).toReversed();
const emoji = [..."👩‍💻x"].length;
const über = 10n ** 20n;
const date = new Date("2026-11-22T10:00:00Z");
return {
  CRLF, file: groups.file, line: +groups.line, found, behind, sets, grouped, mapped, sorted, emoji,
  big: über.toString(), day: date.toISOString().slice(0, 10), week: date.getUTCDay(),
  fixed: (2.345).toFixed(1), padded: "7".padStart(3, "0"), last: [1, 2].at(-1), flat: [[1], [2, [3]]].flat(9),
  entries: Object.fromEntries(new URLSearchParams("a=1&b=2")), json: JSON.stringify({ b: 1, a: [undefined] }),
  replaced: "a-b-c".replaceAll("-", "+"), cut: "wörter".slice(0, 3).normalize("NFD").length,
};

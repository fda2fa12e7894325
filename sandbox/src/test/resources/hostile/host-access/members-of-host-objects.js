// expect: nothing leaks
const words = ["class", "getClass", "hashCode", "getClassLoader", "notify", "forName", "newInstance", "invokeMember", "getMember"];
const holders = [globalThis, agent, log, settings, tools, Promise, agent("p"), new Error("x"), Symbol.iterator, /x/];
for (const holder of holders) for (const word of words) attempt(word, () => holder[word]);

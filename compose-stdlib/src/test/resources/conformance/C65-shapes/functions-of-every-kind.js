// C65 (L126, L127) Functions of every kind wait, are hoisted, and know their arguments.
// asks: hoisted
// asks: method
// asks: static
// asks: private
// asks: getter
// asks: arrow
// asks: default
// asks: generator 0
// asks: generator 1
// asks: delegated
// asks: immediately
// result: ["hoisted 3 undefined","method","static","PRIVATE","getter","arrow","default","generator 0","generator 1","delegated","ask","given","undefined",1,"immediately","thenable","2,4,6"]

export const meta = { name: "c65", description: "Is written as people write." };

const said = [await hoisted(1, 2, 3)];

async function hoisted() {
  return `${await agent("hoisted")} ${arguments.length} ${typeof this}`;
}
class Asker {
  static count = 0;
  static #secret = "private";
  static {
    this.count++;
  }
  name = "method";
  ask = async () => agent(this.name);
  static async ask() {
    return agent("static");
  }
  async #hidden() {
    return agent(Asker.#secret);
  }
  hidden() {
    return this.#hidden();
  }
  get asked() {
    return agent("getter");
  }
}
class Loud extends Asker {
  async hidden(...rest) {
    return (await super.hidden(...rest)).toUpperCase();
  }
}
const loud = new Loud();
said.push(await loud.ask(), await Asker.ask(), await loud.hidden(), await loud.asked);
said.push(await (async (x) => await agent(x))("arrow"));
said.push(await (async (x = agent("default")) => x)());

async function* numbers(n) {
  for (let i = 0; i < n; i++) yield await agent(`generator ${i}`);
}
async function* all() {
  const sent = yield* numbers(2);
  yield sent ?? (await agent("delegated"));
}
for await (const each of all()) said.push(each);

function* lazily() {
  const got = yield "ask";
  yield got;
}
const steps = lazily();
said.push(steps.next().value, steps.next("given").value);
(function () {
  said.push(typeof this, arguments.length);
})(1);
said.push(await (async () => agent("immediately"))());
const own = { async then(yes) { yes("thenable"); } };
said.push(await own, [...[1, 2, 3].values().map((x) => x * 2)].join());
return said;

// C06 (L3) Types are taken out wherever they may stand, and the rest runs as it is.
// asks: a.ts @ p0
// asks: b.ts @ p1
// answers: a.ts: {"bugs":["x"]}
// answers: b.ts: {"bugs":[]}
// result: {"a.ts":1,"b.ts":0,"most":1,"kind":"review"}

export const meta = { name: "c06", description: "Is written in TypeScript." } as const;
import { most, type Counted } from "./lib/counting.ts";
import type { Nothing } from "./lib/nowhere.ts";

type Found = { bugs: string[] };
declare const unused: Nothing;
abstract class Step<T extends string> {
  protected readonly kind: T;
  declare ghost: number;
  constructor(kind: T) {
    this.kind = kind;
  }
  abstract run(): Promise<unknown>;
  get name(): T {
    return this.kind!;
  }
}
class Review extends Step<"review"> implements Counted {
  override async run(this: Review, ...files: string[]): Promise<(Found | null)[]> {
    const schema = { type: "object" } satisfies JsonSchema;
    return parallel(files.map((label) => () => agent("Find.", { label, schema }) as Promise<Found>));
  }
  count = <T,>(list: readonly T[]): number => list.length;
}
const review = new Review("review");
const found = await review.run("a.ts", "b.ts");
const [a, b] = found.map((each) => review.count(each!.bugs));
export default { "a.ts": a, "b.ts": b, most: most(a as number, b!), kind: review.name };

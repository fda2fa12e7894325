export const meta = { name: "more", description: "No types only." };
import { Finding } from "../right/shape.ts"; // TS1484

enum Colour { Red } // TS1294
namespace inner { export const a = 1 } // TS1294
class A { constructor(private a: string) {} } // TS1294
const n = <number>(1 as unknown); // TS1294
const found: Finding | undefined = undefined;

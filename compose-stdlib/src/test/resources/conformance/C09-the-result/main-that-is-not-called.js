// C09 (L10) A `return` of a value wins over a main function too.
// result: "return"

export const meta = { name: "c09", description: "Has a main function." };

export default function main() {
  log("never");
}

return "return";

// The first of no words has no length.
export function longest(words) {
  const [first] = words;
  return first.length;
}

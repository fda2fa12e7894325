type Most = { of: number };
export function check<T>(list: readonly T[], most: Most = { of: 2 } as Most): asserts list {
  if (list.length > most.of) throw new RangeError("too many");
}

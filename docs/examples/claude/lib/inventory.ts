// What the inventory is about. A file of types and one function.
export type Export = { file: string; name: string; kind: "function" | "class" | "type" | "value" };
export type Judged = Export & { meant: boolean | null };

export function byFile(list: readonly (Judged | null)[]): Record<string, string[]> {
  const files: Record<string, string[]> = {};
  for (const each of list) {
    if (each !== null) (files[each.file] ??= []).push(each.name);
  }
  return files;
}

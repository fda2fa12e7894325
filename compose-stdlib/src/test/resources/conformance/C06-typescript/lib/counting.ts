export interface Counted {
  count<T>(list: readonly T[]): number;
}
export const most = (...numbers: number[]): number => Math.max(...numbers);

/** An object without some of its keys. */
export function omit<T extends object, K extends PropertyKey>(value: T, ...keys: readonly K[]): Omit<T, K> {
  const rest = Object.entries(value).filter(([key]) => !keys.some((omitted) => omitted === key));
  return Object.fromEntries(rest) as Omit<T, K>;
}

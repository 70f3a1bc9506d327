/** What a table has for a name that a plan chose: none for `constructor`, which every object inherits. */
export function ownOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

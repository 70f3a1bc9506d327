/** Levels that a plan's values may be nested in: Terraform's own schemas end at about twenty. */
export const mostLevels = 200;

/** Whether a value of JSON is nested deeper than this many levels; it never looks deeper itself. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  if (levels === 0) {
    return true;
  }
  if (Array.isArray(value)) {
    return value.some((element) => isDeeperThan(levels - 1, element));
  }
  for (const name in value) {
    if (isDeeperThan(levels - 1, (value as Readonly<Record<string, unknown>>)[name])) {
      return true;
    }
  }
  return false;
}

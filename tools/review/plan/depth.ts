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
  const parts = value as Readonly<Record<string, unknown>>;
  for (const name in parts) {
    if (isDeeperThan(levels - 1, parts[name])) {
      return true;
    }
  }
  return false;
}

/** How much a reader should mind, the worst first. */
export const severities = ["critical", "high", "medium", "low", "info"] as const;

export type Severity = (typeof severities)[number];

/** Orders by severity, the worst first. */
export function bySeverity(one: Severity, other: Severity): number {
  return severities.indexOf(one) - severities.indexOf(other);
}

/** Whether a severity is as bad as another, or worse. */
export function isAtLeast(one: Severity, other: Severity): boolean {
  return bySeverity(one, other) <= 0;
}

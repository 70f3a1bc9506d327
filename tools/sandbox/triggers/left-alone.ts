/** What the sandbox does not carry out, with the reason: nothing of it passes for done. */
export class LeftAlone {
  private readonly reasons = new Map<string, string>();

  add(resource: string, reason: string): void {
    this.reasons.set(resource, reason);
  }

  forget(): void {
    this.reasons.clear();
  }

  /** Resources with the latest reason, by id. */
  get all(): readonly (readonly [resource: string, reason: string])[] {
    return [...this.reasons].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

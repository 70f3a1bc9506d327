import { Change } from "./change";
import type { Plan } from "./plan/plan";

/** A stack with its plan, as rules look at it. */
export class PlannedStack {
  readonly changes: readonly Change[];
  readonly drift: readonly Change[];
  readonly deferred: readonly { readonly reason: string; readonly change: Change }[];

  constructor(
    readonly name: string,
    readonly plan: Plan,
  ) {
    this.changes = plan.changes.map((change) => new Change(change));
    this.drift = plan.drift.map((change) => new Change(change));
    this.deferred = plan.deferred.map(({ reason, change }) => ({ reason, change: new Change(change) }));
  }
}

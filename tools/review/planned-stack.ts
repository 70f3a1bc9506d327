import { Change } from "./change";
import { withoutIndex, withoutIndexes } from "./plan/address";
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

  /** Whether nothing of the stack is there yet. */
  get isNew(): boolean {
    const managed = this.changes.filter(({ isManaged }) => isManaged);
    return managed.length > 0 && managed.every(({ isCreated }) => isCreated);
  }

  /** Whether the configuration sets an argument, or may: only some are told apart, see `Configuration`. */
  declares({ address }: Change, argument: string): boolean {
    return this.plan.configuration?.declared.has(`${withoutIndexes(address)}/${argument}`) ?? true;
  }

  /** Whether the plan read an argument that somebody changed outside of Terraform. */
  isFedBy({ address, differences }: Change): boolean {
    const names = [address, withoutIndex(address)];
    return differences.some(({ path }) => names.some((name) => this.plan.relevant.has(`${name}/${String(path[0])}`)));
  }
}

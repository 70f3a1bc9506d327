import { differencesOf } from "./differences/compare";
import { argumentName, type Difference } from "./differences/difference";
import { type ChangeKind, kindOf } from "./plan/kind";
import type { ResourceChange } from "./plan/plan";

/** A change of a plan as rules look at it. */
export class Change {
  readonly kind: ChangeKind;
  private compared: readonly Difference[] | undefined;

  constructor(readonly planned: ResourceChange) {
    this.kind = kindOf(planned);
  }

  get address(): string {
    return this.planned.address;
  }

  get type(): string {
    return this.planned.type;
  }

  /** What differs, worked out when somebody asks first: most changes of a large plan are of no interest. */
  get differences(): readonly Difference[] {
    this.compared ??= differencesOf(this.planned);
    return this.compared;
  }

  /** Whether an object is destroyed, also where another takes its place. */
  get isDestroyed(): boolean {
    return this.planned.actions.includes("delete");
  }

  get isReplaced(): boolean {
    return this.isDestroyed && this.planned.actions.includes("create");
  }

  get isManaged(): boolean {
    return this.planned.mode === "managed";
  }

  /** Differences of an argument, by its name without places in lists: `template.containers.image`, and all below it. */
  of(name: string): readonly Difference[] {
    return this.differences.filter(({ path }) => {
      const argument = argumentName(path);
      return argument === name || argument.startsWith(`${name}.`);
    });
  }
}

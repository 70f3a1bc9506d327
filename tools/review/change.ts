import { type Arguments, isObject } from "../../policies/arguments";
import { plannedArguments } from "../../policies/planned";
import { differencesOf } from "./differences/compare";
import { type ArgumentChange, argumentChangesOf } from "./differences/argument-change";
import { argumentName, type Difference } from "./differences/difference";
import { type ChangeKind, kindOf } from "./plan/kind";
import type { ResourceChange } from "./plan/plan";

/** A change of a plan as rules look at it. */
export class Change {
  readonly kind: ChangeKind;
  private compared: readonly Difference[] | undefined;
  private merged: Arguments | undefined;
  private single: readonly ArgumentChange[] | undefined;

  constructor(readonly planned: ResourceChange) {
    this.kind = kindOf(planned);
  }

  get address(): string {
    return this.planned.address;
  }

  get type(): string {
    return this.planned.type;
  }

  /** What differs. It is kept where rules ask for it again: of a new object it would be as much as the plan itself. */
  get differences(): readonly Difference[] {
    if (this.isChange) {
      this.compared ??= differencesOf(this.planned);
      return this.compared;
    }
    return differencesOf(this.planned);
  }

  /** The same, argument by argument; none of an object that is new or gone. */
  get arguments(): readonly ArgumentChange[] {
    if (this.single === undefined && this.isChange) {
      this.single = this.differences.flatMap(argumentChangesOf);
    }
    return this.single ?? [];
  }

  /** What makes Terraform put another object in its place. */
  get replacing(): readonly Difference[] {
    return this.isReplaced ? this.differences.filter(({ forcesReplacement }) => forcesReplacement) : [];
  }

  /** What the object was; nothing where it is new. */
  get before(): Arguments {
    return isObject(this.planned.before) ? this.planned.before : {};
  }

  /** What the object will be, with marks where only Terraform will know; nothing where it is destroyed. */
  get after(): Arguments {
    this.merged ??= plannedArguments(this.planned.after, this.planned.afterUnknown);
    return isObject(this.planned.after) ? this.merged : {};
  }

  /** Whether there was an object before and is one afterwards, and they differ. */
  get isChange(): boolean {
    return this.kind !== "none" && isObject(this.planned.before) && isObject(this.planned.after);
  }

  /** Whether an object is new: also no older one was in its place. */
  get isCreated(): boolean {
    return this.kind === "create";
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

import type { Value, ValueObject } from "../values/value";

/** A resource about to be written, its arguments known. */
export interface Draft {
  readonly id: string;
  /** Server-made part of the id: digits or a UUID, as the type has it. */
  readonly serial: string;
  readonly args: ValueObject;
  readonly project: string;
  readonly projectNumber: string;
  /** RFC 3339 */
  readonly now: string;
}

/** How a provider block sets the stage for planning. */
export interface PlanContext {
  readonly project: string | undefined;
}

/** How Google treats one resource type, as far as a Terraform user can tell. */
export interface Kind {
  /**
   * Terraform's id with arguments in braces: `{topic}` is the argument as written, `{topic:last}` its part after the last slash,
   * `{serial}` what the server makes up.
   */
  readonly id: string;

  /** @default - the id has no part that the server makes up */
  readonly serial?: "digits" | "uuid";

  /** Outputs that the provider works out at plan; `undefined` where an argument is not known yet. */
  readonly planned?: (args: ValueObject, context: PlanContext) => Record<string, Value | undefined>;

  /** Outputs known after creation, by name or by path (`primary`, `iap.enabled`). Names left out get a generic value. */
  readonly outputs?: (draft: Draft) => Record<string, Value>;

  /** What changes at run time as well: an update that does not change it leaves it as Google has it. */
  readonly live?: readonly string[];

  /** Outputs that a change of an argument renews. */
  readonly renews?: Readonly<Record<string, readonly string[]>>;

  /** Arguments whose change replaces the resource sometimes: those of them that do so now. */
  readonly replacedBy?: (prior: ValueObject, planned: ValueObject) => readonly string[];

  /** Creating what exists already succeeds: grants, API activations. */
  readonly idempotent?: boolean;

  /** What Google keeps when Terraform destroys it; `undefined` where that is nothing. */
  readonly remains?: (values: ValueObject) => ValueObject | undefined;

  /** Google only marks it as deleted, and keeps its name for a while. */
  readonly softDeletion?: SoftDeletion;
}

export interface SoftDeletion {
  /** Outputs that mark it as deleted, such as `state: "DELETED"`. */
  readonly mark: Readonly<Record<string, Value>>;

  /** Days until the name is free again. */
  readonly days: number;

  /** Days in which the provider brings the deleted one back instead of creating another. */
  readonly restoredWithinDays?: number;
}

export type Kinds = Readonly<Record<string, Kind>>;

/** A grant of one role to one member: everyone may ask for it again, and its conditions are part of its id. */
export function grant(target: string): Kind {
  return { id: `${target}/{role}/{member}`, idempotent: true };
}

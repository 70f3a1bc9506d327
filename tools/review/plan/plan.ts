import type { Configuration } from "./configuration";

/** One step of a path into a value: the name of an argument, or the place in a list. */
export type Step = string | number;

export type Path = readonly Step[];

/** What Terraform means to do with one object, as the plan says it; values are as they were read. */
export interface ResourceChange {
  readonly address: string;
  /** @default - it had this address before */
  readonly previousAddress?: string | undefined;
  /** Key of an object that was replaced and not yet destroyed: one address may have several changes. */
  readonly deposed?: string | undefined;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  /** Such as `["delete", "create"]`; a newer Terraform may have actions that nobody here knows. */
  readonly actions: readonly string[];
  readonly actionReason?: string | undefined;
  /** Paths that force a replacement; none where it has another reason. */
  readonly replacePaths: readonly Path[];
  /** @default - nothing is imported */
  readonly importing?: Importing | undefined;
  readonly before: unknown;
  readonly after: unknown;
  readonly afterUnknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
}

/** What is imported; all of it may be missing. */
export interface Importing {
  readonly id?: string | undefined;
  readonly identity?: unknown;
  readonly isUnknown: boolean;
}

export interface OutputChange {
  readonly name: string;
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  /** Mirrors `after`: `true` for what is known after apply. */
  readonly unknown: unknown;
  readonly isSensitive: boolean;
}

/** A change that Terraform puts off, since it cannot be planned yet. */
export interface DeferredChange {
  readonly reason: string;
  readonly change: ResourceChange;
}

/** Result of a condition that the configuration checks. */
export interface CheckResult {
  readonly address: string;
  /** `pass`, `fail`, `error` or `unknown`. */
  readonly status: string;
  readonly problems: readonly string[];
}

/** A Terraform plan, read from `terraform show -json`. */
export interface Plan {
  readonly formatVersion: string;
  readonly terraformVersion: string;
  readonly changes: readonly ResourceChange[];
  /** What was found to be other than the state says, before anything was planned. */
  readonly drift: readonly ResourceChange[];
  readonly deferred: readonly DeferredChange[];
  readonly outputs: readonly OutputChange[];
  readonly checks: readonly CheckResult[];
  /** Address and first argument of what the plan read from the state: `google_x.y/name`. */
  readonly relevant: ReadonlySet<string>;
  /** What was read of the configuration; nothing where the plan comes without it. */
  readonly configuration: Configuration | undefined;
  readonly isErrored: boolean;
  /** Whether applying it ends where the configuration wants to be: not after `-target`, nor with deferred changes. */
  readonly isComplete: boolean;
  /** Whether Terraform would do something: also where no object changes, as to record what `-refresh-only` found. */
  readonly isApplyable: boolean;
  /** Names of fields with content that this decoder does not know: they are shown, not dropped. */
  readonly unknownFields: readonly string[];
  /** Every text that the plan marks as sensitive somewhere. */
  readonly secrets: ReadonlySet<string>;
}

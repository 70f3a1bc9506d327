/** A type of Terraform values, in the JSON form that the protocol uses: `"string"`, `["list", "number"]`, ... */
export type Type =
  | "string"
  | "number"
  | "bool"
  | readonly ["list" | "set" | "map", Type]
  | readonly ["object", Readonly<Record<string, Type>>];

export interface Attribute {
  readonly type: Type;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive?: boolean;
  readonly writeOnly?: boolean;
  /** A change of it replaces the resource. */
  readonly forceNew?: boolean;
  /** What the provider plans when it is not set. */
  readonly default?: string | number | boolean;
  /** A value that the provider plans as if nothing was set: Google's own choice. */
  readonly unset?: string | number | boolean;
  /** Known only after apply, although the provider block says it. */
  readonly late?: boolean;
  /** Values that the provider accepts. */
  readonly enum?: readonly string[];
}

export interface NestedBlock {
  readonly nesting: "single" | "list" | "set";
  readonly minItems: number;
  /** 0 is no limit. */
  readonly maxItems: number;
  readonly block: Block;
  readonly forceNew?: boolean;
  /** Google decides when it is not set. */
  readonly computed?: boolean;
}

export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

/** Arguments of a resource type, data source or provider. */
export interface TypeSchema {
  readonly version: number;
  readonly block: Block;
  /** Whether defaults, replacements and limits are known. What has none still deploys, with generic plans. */
  readonly hasFacts: boolean;
}

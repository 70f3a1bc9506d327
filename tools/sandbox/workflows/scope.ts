import { failure } from "./errors";
import { limits } from "./limits";
import type { Surroundings } from "./stdlib/library";
import { sizeOf, type Value } from "./values";

/** A (sub)workflow that is being called. */
export interface Call {
  readonly routine: string;
  /** Calls around it. */
  readonly depth: number;
  /** Parallel steps around it, those of callers included. */
  readonly parallels: number;
}

/** What expressions need of the execution they belong to. */
export interface Context {
  readonly surroundings: Surroundings;
  /** Calls a subworkflow by position; parameters that were not given are undefined. */
  call(routine: string, given: readonly (Value | undefined)[], from: Scope): Promise<Value>;
  /** Counts memory of variables. Throws a `ResourceLimitError` where it is too much. */
  allocate(bytes: number): void;
}

/** Variables of a (sub)workflow, of one iteration of a loop, of an `except`, or of a branch. */
export class Scope {
  private readonly variables = new Map<string, Value>();

  /** @param shared in a branch: variables of outer scopes that it may assign */
  constructor(
    readonly context: Context,
    readonly call: Call,
    private readonly parent?: Scope,
    private readonly shared?: ReadonlySet<string>,
  ) {}

  get(name: string): Value {
    const value = this.variables.get(name);
    if (value !== undefined) {
      return value;
    }
    if (!this.parent) {
      throw failure("KeyError", `variable '${name}' does not exist here`);
    }
    return this.parent.get(name);
  }

  /** Assigns the variable where it exists, or makes it here. */
  set(name: string, value: Value): void {
    (this.holder(name, true) ?? this).declare(name, value);
  }

  /** Makes the variable here, whatever outer scopes have. */
  declare(name: string, value: Value): void {
    checkLength(value);
    const earlier = this.variables.get(name);
    this.context.allocate(sizeOf(value) - (earlier === undefined ? 0 : sizeOf(earlier)));
    this.variables.set(name, value);
  }

  /** A scope inside of this one, for as long as the work takes. */
  async inside<T>(work: (scope: Scope) => Promise<T>, call = this.call, shared?: ReadonlySet<string>): Promise<T> {
    const scope = new Scope(this.context, call, this, shared);
    try {
      return await work(scope);
    } finally {
      scope.release();
    }
  }

  /** The scope that has the variable. @param writable whether no branch in between forbids to assign it */
  private holder(name: string, writable: boolean): Scope | undefined {
    if (!this.variables.has(name)) {
      return this.parent?.holder(name, writable && (!this.shared || this.shared.has(name)));
    }
    if (!writable) {
      throw failure(
        "ValueError",
        `variable '${name}' belongs to what is around the parallel step: name it in 'shared'`,
      );
    }
    return this;
  }

  release(): void {
    for (const value of this.variables.values()) {
      this.context.allocate(-sizeOf(value));
    }
    this.variables.clear();
  }
}

/** Throws a `ResourceLimitError` for a string that is too long. */
export function checkLength(value: Value): void {
  if (
    typeof value === "string" &&
    value.length > limits.stringBytes / 4 &&
    Buffer.byteLength(value) > limits.stringBytes
  ) {
    throw failure(
      "ResourceLimitError",
      `a string may have ${limits.stringBytes} bytes at most, got ${Buffer.byteLength(value)}`,
    );
  }
}

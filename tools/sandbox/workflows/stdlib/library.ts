import { failure } from "../errors";
import { isBytes, isList, isMap, isNumber, typeOf, type Value } from "../values";

/** What functions may ask of the execution that calls them. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly environment: (name: string) => string | undefined;
  readonly uuid: () => string;
}

export interface Parameter {
  readonly name: string;
  readonly optional: boolean;
}

export interface LibraryFunction {
  readonly parameters: readonly Parameter[];
  readonly call: (given: readonly Value[], surroundings: Surroundings) => Value;
}

export type Library = Record<string, LibraryFunction>;

/** @param names parameters in their order, optional ones with `?` at the end; those that are not given are null */
export function define(names: string, call: (given: Given, surroundings: Surroundings) => Value): LibraryFunction {
  const parameters = parametersOf(names);
  return { parameters, call: (values, surroundings) => call(new Given(parameters, values), surroundings) };
}

export function parametersOf(names: string): Parameter[] {
  return names
    .split(" ")
    .filter((name) => name !== "")
    .map((name) => ({ name: name.replace("?", ""), optional: name.endsWith("?") }));
}

/** The parameters that a function was given, by their position, each of the type that the function wants. */
export class Given {
  constructor(
    private readonly parameters: readonly Parameter[],
    private readonly values: readonly Value[],
  ) {}

  any(index: number): Value {
    return this.values[index] ?? null;
  }

  text(index: number, otherwise?: string): string {
    const value = this.any(index);
    return value === null && otherwise !== undefined
      ? otherwise
      : typeof value === "string"
        ? value
        : this.refuse(index, "a string");
  }

  flag(index: number, otherwise: boolean): boolean {
    const value = this.any(index) ?? otherwise;
    return typeof value === "boolean" ? value : this.refuse(index, "a boolean");
  }

  integer(index: number): bigint {
    const value = this.any(index);
    return typeof value === "bigint" ? value : this.refuse(index, "an integer");
  }

  number(index: number): bigint | number {
    const value = this.any(index);
    return isNumber(value) ? value : this.refuse(index, "an integer or a double");
  }

  bytes(index: number): Uint8Array {
    const value = this.any(index);
    return isBytes(value) ? value : this.refuse(index, "bytes");
  }

  list(index: number): readonly Value[] {
    const value = this.any(index);
    return isList(value) ? value : this.refuse(index, "a list");
  }

  map(index: number): ReadonlyMap<string, Value> {
    const value = this.any(index);
    return isMap(value) ? value : this.refuse(index, "a map");
  }

  refuse(index: number, wanted: string): never {
    throw failure("TypeError", `'${this.parameters[index]!.name}' must be ${wanted}, got ${typeOf(this.any(index))}`);
  }
}

import { isObject } from "../../policies/arguments";

/** Where the objects of a stack were made, from the metadata that cdktf writes beside each resource. */
export class ConstructPaths {
  private readonly paths = new Map<string, string>();

  /** @param json Terraform's JSON of a stack; paths of other JSON are unknown */
  constructor(json: unknown) {
    const top = isObject(json) ? json : {};
    for (const [field, prefix] of [
      ["resource", ""],
      ["data", "data."],
    ] as const) {
      for (const [type, named] of entriesOf(top[field])) {
        for (const [name, body] of entriesOf(named)) {
          const metadata = isObject(body) && isObject(body["//"]) ? body["//"]["metadata"] : undefined;
          const path = isObject(metadata) ? metadata["path"] : undefined;
          if (typeof path === "string") {
            this.paths.set(`${prefix}${type}.${name}`, path);
          }
        }
      }
    }
  }

  /** Path of the construct at an address, also of one instance of it. */
  of(address: string): string | undefined {
    return this.paths.get(address) ?? this.paths.get(address.replace(/\[[^\]]*\]$/, ""));
  }
}

function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

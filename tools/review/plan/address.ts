/** Address of a resource, of which the one given may be an instance: without the last `[0]` or `["key"]`. */
export function withoutIndex(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, "");
}

/** The same without the places of modules too: what the configuration says once for all instances. */
export function withoutIndexes(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}

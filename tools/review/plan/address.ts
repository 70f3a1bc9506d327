/** Address of a resource, of which the one given may be an instance: without the last `[0]` or `["key"]`. */
export function withoutIndex(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, "");
}

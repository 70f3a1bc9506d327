import { ApiError } from "./error";

/** One comparison: `labels.run=7`, `display_name="x"`, `state!=JOB_STATE_FAILED`, `labels.run:*`. */
const comparison = /^([\w.]+)\s*(!=|=|:)\s*("(?:[^"\\]|\\.)*"|[^\s"]+)$/;

/**
 * Whether a resource fits the filter of a list method: comparisons of fields and labels joined by AND. Source: the filters in
 * google/cloud/aiplatform/v1; what else they allow is refused by name.
 */
export function matchesFilter(filter: string, resource: object): boolean {
  return filter.trim() === "" || filter.split(/\s+AND\s+/).every((part) => matches(part.trim(), resource));
}

function matches(part: string, resource: object): boolean {
  const match = comparison.exec(part);
  if (!match) {
    throw new ApiError(
      "INVALID_ARGUMENT",
      `The sandbox cannot read the filter '${part}': it takes comparisons with =, != and :* that are joined by AND.`,
    );
  }
  const [, path, operator, given] = match as unknown as [string, string, string, string];
  const wanted = given.startsWith('"') ? (JSON.parse(given) as string) : given;
  const actual = valueAt(path, resource);
  if (operator === ":") {
    return wanted === "*" ? actual !== undefined : Array.isArray(actual) && actual.includes(wanted);
  }
  return (operator === "=") === (typeof actual === "object" ? false : String(actual) === wanted);
}

/** Fields may be named in either case; what follows `labels.` is a key. */
function valueAt(path: string, resource: object): unknown {
  const [first = "", ...rest] = path.split(".");
  const field = first.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const value = (resource as Record<string, unknown>)[field];
  return rest.length === 0 ? value : (value as Record<string, unknown> | undefined)?.[rest.join(".")];
}

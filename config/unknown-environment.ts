import { nearest } from "./nearest";
import { quote } from "./text";

/** Says that there is no such environment, and which there are. */
export function unknownEnvironment(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  const known = names.length === 0 ? "environments/ holds no YAML file" : `use one of ${names.join(", ")}`;
  return `environment ${quote(name)} does not exist: ${known}${near === undefined ? "" : ` (did you mean '${near}'?)`}`;
}

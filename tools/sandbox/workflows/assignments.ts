import type { Node } from "../../../config/source/node";
import { type Code, constant } from "./code";
import type { Assignment } from "./program";
import { type Here, onlyEntry } from "./reading";
import { compileChecked, readExpression, template } from "./templates";

/** One line of `assign`: a variable, or a part of one as in `my_map.key` and `my_list[i + 1]`. */
export function readAssignment(node: Node, here: Here): Assignment | undefined {
  const { report } = here.reading;
  const entry = onlyEntry(node, "an assignment", report);
  if (!entry) {
    return undefined;
  }
  const [target, { key, value }] = entry;
  const code = template(value, here);
  const expression = readExpression(target, key, here);
  const path: Code[] = [];
  let root = expression;
  while (root?.kind === "member" || root?.kind === "index") {
    path.unshift(root.kind === "member" ? constant(root.name) : compileChecked(root.index));
    root = root.object;
  }
  if (root?.kind !== "variable") {
    if (root) {
      report(
        key,
        `'${target}' cannot be assigned: write a variable, or a part of one such as my_map.key or my_list[0]`,
      );
    }
    return undefined;
  }
  // Only a whole variable comes into being by its assignment.
  if (path.length === 0) {
    here.names.assign(root.name, key);
  } else {
    here.names.change(root.name, key);
  }
  return { variable: root.name, path, value: code };
}

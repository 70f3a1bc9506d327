import type { Breach } from "./policy";
import type { Resource, Stack } from "./stack";

/**
 * What every project must have, told at the stack that sets a project up: the one that enables its services. Any stack of
 * the environment may hold it.
 */
export function missingFromProject(
  stacks: readonly Stack[],
  type: string,
  serves: (resource: Resource, stack: Stack) => boolean,
  message: string,
): readonly Breach[] {
  const [setup] = stacks.filter((stack) => stack.ofType("google_project_service").length > 0);
  const found = stacks.some((stack) => stack.ofType(type).some((resource) => serves(resource, stack)));
  return setup === undefined || found ? [] : [{ stack: setup.name, address: type, message }];
}

import { type Acknowledgement, acknowledgementsOf } from "../../config/acknowledgements";
import { environmentNames, loadPlatform } from "../../config/load";
import { findProjectRoot } from "./project";
import { UserError } from "./user-error";

/**
 * What the environments of a project accept of some stacks; the project is the one around the first folder that is in one. A stack belongs to the environment that its
 * name begins with; stacks of other projects have no acknowledgements.
 */
export function acknowledgementsFor(folders: readonly string[], stacks: readonly string[]): readonly Acknowledgement[] {
  const root = folders.map(findProjectRoot).find((found) => found !== undefined);
  return root === undefined
    ? []
    : environmentNames(root)
        .filter((environment) => stacks.some((stack) => stack.startsWith(`${environment}-`)))
        .flatMap((environment) => ofEnvironment(root, environment).filter((each) => isAbout(each, stacks)));
}

function ofEnvironment(root: string, environment: string): readonly Acknowledgement[] {
  const loaded = loadPlatform(root, environment);
  if (!loaded.ok) {
    throw new UserError(loaded.problems.join("\n"));
  }
  const mine = (address: string) => (address === "*" ? `${environment}-*` : address);
  return acknowledgementsOf(loaded.platform.environment).map((each) => ({ ...each, address: mine(each.address) }));
}

/** Whether one of the stacks is meant: of a stack that is not there, nothing can be said to be unused. */
function isAbout({ address }: Acknowledgement, stacks: readonly string[]): boolean {
  const [stack = "", ...rest] = address.split("/");
  return stacks.some((name) => (rest.length === 0 ? name.startsWith(stack.replace(/\*$/, "")) : name === stack));
}

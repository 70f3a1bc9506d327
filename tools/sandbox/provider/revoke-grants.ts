import type { Cloud } from "../cloud";
import { kinds } from "../types/kind-of";

/** Grants to a deleted account name it by its unique id from then on: an account of the same name does not get them back. */
export function revokeGrants(member: string | undefined, cloud: Cloud): void {
  for (const type of Object.keys(kinds).filter((name) => name.endsWith("_iam_member"))) {
    for (const { id } of cloud.list(type).filter(({ values }) => values["member"] === member)) {
      cloud.delete(type, id);
    }
  }
}

import { blocks, isUnknown, listOf, textOf } from "../arguments";
import type { Breach, StackPolicy } from "../policy";
import type { Resource, Stack } from "../stack";

/** Something that a grant must be found on. */
interface Wanted {
  readonly type: "google_pubsub_topic" | "google_pubsub_subscription";
  /** Argument of its grants that names it. */
  readonly argument: "topic" | "subscription";
  readonly role: "publisher" | "subscriber";
}

const forward: Wanted = { type: "google_pubsub_topic", argument: "topic", role: "publisher" };
const takeAway: Wanted = { type: "google_pubsub_subscription", argument: "subscription", role: "subscriber" };

export const deadLetterIsGranted: StackPolicy = {
  id: "pubsub/dead-letter-is-granted",
  types: ["google_pubsub_subscription"],
  why:
    "Pub/Sub's service agent moves dead letters: without a grant to publish on their topic and one to take them from the " +
    "subscription Google makes the subscription all the same, and the messages stay where they are " +
    "(https://cloud.google.com/pubsub/docs/handling-failures#grant_forwarding_permissions).",
  controls: ["NIST 800-53 SI-11"],
  checkStacks: (stacks) =>
    stacks.flatMap((stack) =>
      stack.ofType("google_pubsub_subscription").flatMap((subscription) =>
        blocks(subscription.args["dead_letter_policy"]).flatMap(({ dead_letter_topic }): Breach[] => {
          const topic = nameOf(stack, dead_letter_topic);
          const name = textOf(subscription.args["name"]);
          const missing = [
            ...(isGranted(stacks, forward, topic) ? [] : [`'roles/pubsub.publisher' on the topic '${topic}'`]),
            ...(isGranted(stacks, takeAway, name) ? [] : [`'roles/pubsub.subscriber' on this subscription`]),
          ];
          return missing.map((grant) => ({
            stack: stack.name,
            address: subscription.address,
            message: `Pub/Sub's service agent must hold ${grant} to move dead letters: add the grant`,
          }));
        }),
      ),
    ),
};

function isGranted(stacks: readonly Stack[], { type, argument, role }: Wanted, name: string): boolean {
  const roles = [role, "editor", "admin"].map((each) => `roles/pubsub.${each}`);
  const gives = ({ args }: Resource) => {
    const members = [args["member"], ...listOf(args["members"])];
    const toAgent = members.some((member) => isUnknown(member) || textOf(member).includes("@gcp-sa-pubsub."));
    return toAgent && (isUnknown(args["role"]) || roles.includes(textOf(args["role"])));
  };
  return stacks.some(
    (stack) =>
      stack.ofType("google_project_iam_member", "google_project_iam_binding").some(gives) ||
      stack
        .ofType(`${type}_iam_member`, `${type}_iam_binding`)
        .some((grant) => gives(grant) && isSame(nameOf(stack, grant.args[argument]), name)),
  );
}

/** What only Terraform knows may be anything. */
function isSame(one: string, other: string): boolean {
  return one === other || isUnknown(one) || isUnknown(other);
}

/** Name of the topic or subscription that a value stands for, without its project. */
function nameOf(stack: Stack, value: unknown): string {
  const referred = stack.referred(value)?.args["name"];
  const text = referred === undefined ? textOf(value) : textOf(referred);
  return isUnknown(text) ? text : text.slice(text.lastIndexOf("/") + 1);
}

import { isUnknown, listOf, textOf } from "../arguments";
import type { StackPolicy } from "../policy";
import type { Resource } from "../stack";

export const sinkMayWrite: StackPolicy = {
  id: "logging/sink-may-write",
  types: ["google_logging_project_sink"],
  why:
    "A log sink is made whether its writer may write or not, and without a grant the entries are lost " +
    "(https://cloud.google.com/logging/docs/export/configure_export_v2#dest-auth).",
  controls: ["NIST 800-53 AU-5"],
  checkStacks: (stacks) => {
    const agentMay = stacks.some((stack) => stack.resources.some((grant) => membersOf(grant).some(isAgent)));
    return stacks.flatMap((stack) =>
      stack
        .ofType("google_logging_project_sink")
        // Log buckets of the project itself take entries from every sink.
        .filter(({ args }) => /^(?:pubsub|bigquery|storage)\.googleapis\.com\//.test(textOf(args["destination"])))
        .filter((sink) => !agentMay && !stack.resources.some((grant) => membersOf(grant).some(isWriterOf(sink))))
        .map(({ address }) => ({
          stack: stack.name,
          address,
          message: "the sink's writer_identity must hold a grant on its destination: add one",
        })),
    );
  },
};

function membersOf(grant: Resource): readonly string[] {
  return /_iam_(?:member|binding)$/.test(grant.type)
    ? [...listOf(grant.at("member")), ...listOf(grant.at("members"))].map(textOf)
    : [];
}

/** Whether a member is the agent that writes for the sinks of a project, in whatever stack it gets its grant. */
function isAgent(member: string): boolean {
  return (
    !isUnknown(member) &&
    (member.includes("@gcp-sa-logging.") || member.endsWith(":cloud-logs@system.gserviceaccount.com"))
  );
}

/** Whether a member is the writer of a sink, by reference. */
function isWriterOf(sink: Resource): (member: string) => boolean {
  return (member) => isUnknown(member) && member.includes(`\${${sink.address}.writer_identity}`);
}

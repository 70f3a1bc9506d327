import { isUnknown, listOf, textOf } from "../arguments";
import type { StackPolicy } from "../policy";
import type { Resource, Stack } from "../stack";

export const sinkMayWrite: StackPolicy = {
  id: "logging/sink-may-write",
  types: ["google_logging_project_sink"],
  why:
    "A log sink is made whether its writer may write or not, and without a grant the entries are lost " +
    "(https://cloud.google.com/logging/docs/export/configure_export_v2#dest-auth).",
  controls: ["NIST 800-53 AU-5"],
  checkStacks: (stacks) =>
    stacks.flatMap((stack) =>
      stack
        .ofType("google_logging_project_sink")
        // Log buckets of the project itself take entries from every sink.
        .filter(({ args }) => /^(?:pubsub|bigquery|storage)\.googleapis\.com\//.test(textOf(args["destination"])))
        .filter((sink) => !stacks.some((other) => other.resources.some((grant) => isFor(sink, stack, grant, other))))
        .map(({ address }) => ({
          stack: stack.name,
          address,
          message: "the sink's writer_identity must hold a grant on its destination: add one",
        })),
    ),
};

/** Whether a grant goes to the writer of a sink: by reference, or as the agent that writes for sinks of a project. */
function isFor(sink: Resource, stack: Stack, { type, args }: Resource, other: Stack): boolean {
  const members = /_iam_(?:member|binding)$/.test(type) ? [args["member"], ...listOf(args["members"])] : [];
  return members.some((member) => {
    const text = textOf(member);
    return isUnknown(text)
      ? stack === other && text.includes(`\${${sink.address}.writer_identity}`)
      : text.includes("@gcp-sa-logging.") || text.endsWith(":cloud-logs@system.gserviceaccount.com");
  });
}

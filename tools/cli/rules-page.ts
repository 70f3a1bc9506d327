import type { Rule } from "../sandbox/rules/rule";
import { rules } from "../sandbox/rules/rules";

const introduction = `# What the sandbox refuses

<!-- Written by \`mlp sandbox rules --markdown > docs/sandbox-rules.md\`: change the rules, not this page. -->

A plan does not show what Google refuses when it is applied: an order that is wrong, a grant that is missing, a name that is
taken. The sandbox looks for it at every change, in the order of this table, and answers in Google's words, with what to do and
the id of the rule in brackets:

\`\`\`text
Error: Error creating Subscription: googleapi: Error 403: The caller does not have permission

'bigquery_config.0.table' is written to by service-100000000001@gcp-sa-pubsub.iam.gserviceaccount.com: grant it
roles/bigquery.dataEditor with a google_bigquery_table_iam_member, applied before this resource. [subscription-may-write]

Declared in: teams/churn/team.yaml:10:5 ingestion.streams.usage-events, stacks/ingestion.ts
\`\`\`

The last line is added by \`mlp sandbox up\`, \`down\` and \`plan\`: Terraform does not tell a provider which resource of the
configuration it works on, so that with \`mlp sandbox exec\` it is missing.

The wording says whether somebody received the error in these words, or whether nobody published it, for all or for some of the
types, and it is written here.
`;

const rest = `## What is not refused

- Who deploys may do everything: whether a person may act as a service account is not known here.
- What belongs to a project that the sandbox does not hold is taken to exist and to be granted.
- Google makes a subscription without the grants that its dead letters need, and a log sink whose writer may not write: nothing
  fails, and the messages do not arrive. The policies \`pubsub/dead-letter-is-granted\` and \`logging/sink-may-write\` find both at
  synth; see [policies](policies.md).

## Grants that are seen later

On Google Cloud a grant takes seconds to minutes until it counts everywhere, and the provider does not try again when a resource is
refused for that long. With \`mlp sandbox up --iam-delay 5\`, or \`mlp sandbox exec --iam-delay 5 -- …\`, the sandbox does not see a
grant either until it is five seconds old, by the clock; an apply that takes minutes on Google Cloud takes seconds here, so that a
few seconds are the same test. The delay lasts as long as the sandbox that was started with it, for all that use it. Errors of this
kind end in \`[seen-later]\`.

These resources of the blueprint stand right behind a grant that they need, and rely on it being seen by the time they are made.
They wait for the grant, as they should, but no argument of Terraform or the provider waits until it is seen: where a first deploy
is refused for one of them, run it again.

${markdownTable([
  ["stack", "resource", "needs"],
  ["`<env>-foundation`", "both artifact registries, the audit log bucket", "their key, granted to the service's agent"],
  [
    "`<env>-<team>-ingestion`",
    "a subscription that writes to a table",
    "`roles/bigquery.dataEditor` for Pub/Sub's agent",
  ],
  [
    "`<env>-<team>-ingestion`",
    "the notification of the landing bucket",
    "`roles/pubsub.publisher` for Cloud Storage's agent",
  ],
])}
`;

/** The page on what the sandbox refuses, as Markdown. */
export function rulesPage(): string {
  const rows = rules.map(({ id, why, source, wording }) => [`\`${id}\``, why, wording, linked(source)]);
  const table = markdownTable([["rule", "why", "wording", "source"], ...rows]);
  return `${introduction}\n## Rules\n\n${table}\n\n${rest}`;
}

/** Rows with columns of one width, the first row being the head. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const [head, ...body] = rows;
  return [line(head!), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

/** A rule as text for a terminal. */
export function ruleText({ id, why, source }: Rule): string {
  return `${id}\n  ${why}\n  source: ${source}\n`;
}

function linked(source: string): string {
  return source.replace(/https:\/\/[^\s,]+/g, (url) => `<${url}>`);
}

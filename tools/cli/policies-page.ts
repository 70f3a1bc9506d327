import { policies, stackPolicies } from "../../policies/policies";

interface Entry {
  readonly id: string;
  readonly why: string;
  readonly types: readonly string[];
  readonly controls?: readonly string[];
}

const introduction = `# Policies

<!-- Written by \`mlp policies --markdown > docs/policies.md\`: change the policies, not this page. -->

A policy judges what the stacks become, not how they are written: Terraform's arguments, after every override. Nothing is
synthesised while one is broken. The same rules run in three places: at synth, over any folder of synthesised stacks with
\`mlp check [DIR]\`, and over what Terraform plans in the sandbox.

\`\`\`text
$ npx mlp check cdktf.out
dev-churn-serving google_cloud_run_v2_service.Service: 'ingress' must be "INGRESS_TRAFFIC_INTERNAL_ONLY" or "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER", got "INGRESS_TRAFFIC_ALL" [run/ingress-is-internal]
1 finding in 1 stack
\`\`\`

\`mlp check\` exits with 0 when nothing is broken, and with 1 when something is or could not be read. \`--format json\` prints
the findings as a list of \`{ stack, address, policy, message }\`. A value that only Terraform or Google will know passes.

## Accepting a finding

A finding that must stay is acknowledged in the environment's file, with a reason and a last day:

\`\`\`yaml
acknowledgements:
  - policy: run/ingress-is-internal
    address: dev-churn-serving/google_cloud_run_v2_service.* # a * at the end stands for anything
    reason: the partner's test system calls it from outside until the pilot ends
    expires: 2027-03-31
\`\`\`

After that day the finding comes back, with a line that says why. An acknowledgement of a policy that does not exist, or that
matches nothing, is a finding too, and names the nearest.
Settings that say so on purpose are acknowledged by themselves: \`audit.locked: false\`, \`deletionProtection: false\`
and \`quotas.protected: false\`.
`;

const chapters: readonly [title: string, text: string, entries: readonly Entry[]][] = [
  [
    "Security",
    "What the platform refuses, although Google takes it. Controls are those of the CIS Google Cloud Platform Foundation Benchmark, by the numbers that versions 2.0 to 4.0 share, and of NIST SP 800-53.",
    policies.filter(({ kind }) => kind === "security"),
  ],
  ["Over all stacks", "What no single resource shows, such as one that is missing.", stackPolicies],
  [
    "Values",
    "What Google refuses when it is applied, although the provider plans it without a word.",
    policies.filter(({ kind }) => kind === "value"),
  ],
];

/** The page on policies, as Markdown. */
export function policiesPage(): string {
  return [introduction, ...chapters.map(([title, text, entries]) => chapter(title, text, entries))].join("\n");
}

function chapter(title: string, text: string, entries: readonly Entry[]): string {
  return `## ${title}\n\n${text}\n\n${byId(entries).map(entry).join("\n")}`;
}

/** Policies in the order of their ids. */
export function byId(entries: readonly Entry[]): readonly Entry[] {
  return [...entries].sort((one, other) => (one.id < other.id ? -1 : 1));
}

function entry({ id, why, types, controls }: Entry): string {
  const looked = types.includes("*") ? "every type of Google Cloud" : types.map((type) => `\`${type}\``).join(", ");
  const enforced = controls ? [`- Controls: ${controls.join(", ")}`] : [];
  return [`### \`${id}\``, "", why, "", `- Looks at: ${looked}`, ...enforced, ""].join("\n");
}

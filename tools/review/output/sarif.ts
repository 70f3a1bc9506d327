import { type Review, type ReviewFinding, reviewFormat } from "../review";
import { bySeverity, type Severity } from "../severity";
import { isFailed, placeOf } from "./words";
import { visible } from "./visible";

/** GitHub shows no more of one run. https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support */
const mostResults = 5_000;

const levels = { critical: "error", high: "error", medium: "warning", low: "note", info: "note" } as const;

/** What GitHub orders by: over 9 is critical, 7 high, 4 medium. */
const scores: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.0",
  low: "2.0",
  info: "0.0",
};

export interface SarifOptions {
  /** File of the repository that a stack is declared in, where there is one; GitHub shows no finding without a file. */
  readonly fileOf?: (stack: string) => string | undefined;
}

/** The findings as SARIF 2.1.0, the worst first. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function reviewSarif(review: Review, { fileOf }: SarifOptions = {}): string {
  const shown = review.findings.slice(0, mostResults);
  const rules = rulesOf(shown);
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "mlp review", semanticVersion: `${reviewFormat}.0`, rules: rules.map(ruleOf) } },
        automationDetails: { id: `mlp-review/${review.environment ?? "plans"}/` },
        ...(review.commit === null ? {} : { properties: { commit: review.commit } }),
        invocations: [invocation(review)],
        results: shown.map((finding) => result(finding, rules, fileOf)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** One finding of each rule, with the worst severity that it gave. */
function rulesOf(findings: readonly ReviewFinding[]): ReviewFinding[] {
  const worst = new Map<string, ReviewFinding>();
  for (const finding of [...findings].sort((one, other) => bySeverity(one.severity, other.severity))) {
    worst.set(finding.rule, worst.get(finding.rule) ?? finding);
  }
  return [...worst.values()].sort((one, other) => (one.rule < other.rule ? -1 : 1));
}

function ruleOf({ rule, title, why, check, severity }: ReviewFinding): object {
  return {
    id: rule,
    shortDescription: { text: text(title) },
    fullDescription: { text: text(why) },
    help: { text: text(`${why}\n${check}`) },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ["security"], "security-severity": scores[severity] },
  };
}

function result(
  finding: ReviewFinding,
  rules: readonly ReviewFinding[],
  fileOf: SarifOptions["fileOf"],
): Record<string, unknown> {
  const { rule, severity, address, deposed, message, check, stack, digest, acknowledged } = finding;
  const file = fileOf?.(stack);
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex((each) => each.rule === rule),
    level: levels[severity],
    message: { text: text(`${address}: ${message}. ${check}`) },
    locations: [
      {
        ...(file === undefined
          ? {}
          : { physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: 1 } } }),
        logicalLocations: [{ name: address, fullyQualifiedName: placeOf(finding), kind: "resource" }],
      },
    ],
    partialFingerprints: { "mlpReview/v1": digest },
    properties: { severity, stack, ...(deposed === null ? {} : { deposed }) },
    ...(acknowledged === null
      ? {}
      : { suppressions: [{ kind: "external", status: "accepted", justification: text(acknowledged.reason) }] }),
  };
}

/** Plans that there are not are no findings, but nobody may take them for "nothing found". */
function invocation({ stacks, outcome }: Review): object {
  return {
    executionSuccessful: outcome !== "failed",
    toolExecutionNotifications: stacks.filter(isFailed).map(({ name, status, error }) => ({
      level: "error",
      message: { text: text(`${name}: ${status}: ${error ?? "Terraform stopped in the middle of the plan"}`) },
    })),
  };
}

/** SARIF makes links of brackets before parentheses. */
function text(message: string): string {
  return message.split("\n").map(visible).join("\n").replaceAll("](", "] (");
}

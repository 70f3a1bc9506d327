import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { withPlacesToMend } from "../../tools/cli/terraform-errors";
import { whereToMend } from "../../tools/cli/where-to-mend";

const root = join(__dirname, "..", "..");

/** Place of the first line of a file that holds a text, as errors show it. */
function placeIn(file: string, text: string): string {
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  const line = lines.findIndex((each) => each.includes(text));
  return `${file}:${line + 1}:${lines[line]!.search(/\S/) + 1}`;
}

const failed = { environment: "sandbox", rule: undefined, text: "" };
const agent = (domain: string) => `service-100000000001@${domain}.iam.gserviceaccount.com`;

test.each([
  [
    "sandbox-churn-ingestion",
    "Stream-usage-events/ToTable/Resource",
    "usage-events:",
    "ingestion.streams.usage-events",
  ],
  ["sandbox-churn-monitoring", "Job-usage-archive/Lag/Resource", "usage-archive:", "ingestion.jobs.usage-archive"],
  ["sandbox-churn-ingestion", "LandingTopic/Publisher", "landing:", "ingestion.landing"],
  ["sandbox-churn-pipelines", "Pipeline-training/Schedule/Resource", "training:", "pipelines.training"],
  ["sandbox-churn-serving", "Model-propensity/Endpoint/Resource", "propensity:", "serving.models.propensity"],
  ["sandbox-churn-serving", "Service-heuristic/Service/Resource", "heuristic:", "serving.services.heuristic"],
])("of a team's %s, %s is declared where its file says so", (stack, path, text, key) => {
  const kind = stack.split("-").at(-1)!;
  expect(whereToMend(root, { ...failed, stack, path })).toBe(
    `Declared in: ${placeIn("teams/churn/team.yaml", text)} ${key}, stacks/${kind}.ts`,
  );
});

test.each([
  ["sandbox-bootstrap", "GitHub/Provider", "ci:", "ci"],
  ["sandbox-bootstrap", "State/Resource", "state:", "state"],
  ["sandbox-foundation", "AuditTrail/Resource", "audit:", "audit"],
  ["sandbox-foundation", "Budget/Resource", "budget:", "budget"],
  ["sandbox-quotas", "serving-NVIDIA_L4/Resource", "NVIDIA_L4:", "quotas.serving.NVIDIA_L4"],
])("of %s, %s is declared in the environment's file", (stack, path, text, key) => {
  const kind = stack.split("-").at(-1)!;
  expect(whereToMend(root, { ...failed, stack, path })).toBe(
    `Declared in: ${placeIn("environments/sandbox.yaml", text)} ${key}, stacks/${kind}.ts`,
  );
});

test("what no setting makes is declared in its stack alone, and what no stack makes nowhere", () => {
  expect(whereToMend(root, { ...failed, stack: "sandbox-churn-ingestion", path: "Raw/Resource" })).toBe(
    "Declared in: stacks/ingestion.ts",
  );
  expect(whereToMend(root, { ...failed, stack: "sandbox-lab", path: "Thing/Resource" })).toBeUndefined();
});

test("a setting that holds by default is looked for in what would hold it", () => {
  expect(whereToMend(root, { ...failed, stack: "sandbox-foundation", path: "Network/Subnet" })).toBe(
    "Declared in: stacks/foundation.ts",
  );
});

const resource = { stack: "sandbox-churn-ingestion", path: "Stream-usage-events/Topic/Resource" };

test.each([
  ["api-enabled", "Turn it on with a google_project_service of 'redis.googleapis.com' in project", "platformServices"],
  [
    "agent-exists",
    "Ask for it with a google_project_service_identity of 'secretmanager.googleapis.com' in",
    "serviceAgents",
  ],
  [
    "key-granted",
    `'kms_key_name' is used by ${agent("compute-system")} keyRings/ml-platform/cryptoKeys/pubsub`,
    "keyPurposes",
  ],
])("%s is mended in the catalogue, where the entry is missing there", (rule, text, table) => {
  expect(whereToMend(root, { ...failed, ...resource, rule, text })).toBe(
    `To mend: ${placeIn("catalog/services.ts", `export const ${table} `)} ${table}`,
  );
});

test.each([
  ["api-enabled", "Turn it on with a google_project_service of 'pubsub.googleapis.com' in project"],
  ["agent-exists", "Ask for it with a google_project_service_identity of 'pubsub.googleapis.com' in"],
  ["key-granted", `'kms_key_name' is used by ${agent("gcp-sa-pubsub")} keyRings/ml-platform/cryptoKeys/pubsub`],
  ["key-granted", `'kms_key_name' is used by ${agent("compute-system")} keyRings/own/cryptoKeys/team-key`],
])("%s of what the catalogue lists, or does not know, is not", (rule, text) => {
  expect(whereToMend(root, { ...failed, ...resource, rule, text })).toMatch(/^Declared in: teams\/churn\/team\.yaml/);
});

test.each([
  ["deletion-protected", "deletionProtection:", "deletionProtection"],
  ["container-empty", "deletionProtection:", "deletionProtection"],
  ["quota-left", "serving:", "quotas.serving"],
])("%s is mended in the environment", (rule, text, key) => {
  expect(whereToMend(root, { ...failed, ...resource, rule })).toBe(
    `To mend: ${placeIn("environments/sandbox.yaml", text)} ${key}`,
  );
});

const folder = mkdtempSync(join(tmpdir(), "mend-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
writeFileSync(
  join(folder, "cdk.tf.json"),
  JSON.stringify({
    resource: {
      google_pubsub_topic: {
        "Stream-usage-events_Topic_1": {
          "//": { metadata: { path: "sandbox-churn-ingestion/Stream-usage-events/Topic/Resource" } },
        },
      },
    },
  }),
);
const stack = { name: "sandbox-churn-ingestion", folder };
const declared = `Declared in: ${placeIn("teams/churn/team.yaml", "usage-events:")} ingestion.streams.usage-events, stacks/ingestion.ts`;

test("in a box the line stands at its end", () => {
  const box = (last: string) =>
    `╷\n│ Error: refused\n│ \n│   with google_pubsub_topic.Stream-usage-events_Topic_1 (Stream-usage-events/Topic/Resource),\n│ \n│ do it\n│ [name-free]\n${last}╵`;

  expect(withPlacesToMend(`${box("")}\n${box("")}`, root, "sandbox", stack)).toBe(
    `${box(`│\n│ ${declared}\n`)}\n${box(`│\n│ ${declared}\n`)}`,
  );
});

test("without boxes it follows the error, and others stay as they are", () => {
  const mine = "Error: refused\n\n  with google_pubsub_topic.Stream-usage-events_Topic_1,\n\ndo it";
  const other = "Error: refused\n\n  with google_pubsub_topic.Other,\n\ndo it";

  expect(withPlacesToMend(`${mine}\n\n${other}`, root, "sandbox", stack)).toBe(`${mine}\n\n${declared}\n\n${other}`);
});

test("nothing is to be mended where a grant is only seen later", () => {
  const error =
    "Error: refused\n\n  with google_pubsub_topic.Stream-usage-events_Topic_1,\n\nwait for it, or apply again.\n[seen-later]";

  expect(withPlacesToMend(error, root, "sandbox", stack)).toBe(error);
});

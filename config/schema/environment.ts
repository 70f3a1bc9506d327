import { z } from "zod";

import { accelerators } from "../../catalog/accelerators";
import { jurisdictions, regions } from "../../catalog/regions";
import { count, day, email, labels, name, projectId, ratio, reason, subnetRange } from "./values";

const acceleratorQuota = z
  .partialRecord(z.enum(accelerators), count(1, 10_000))
  .default({})
  .describe("Accelerators the project asks for, by type; TPU v2 and v3 count cores, all others chips");

const githubNumber = z
  .string()
  .regex(/^[1-9][0-9]{0,18}$/, "must be a number of GitHub in quotes, digits only: names can be registered again");

const github = z.strictObject({
  repository: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/, "must be OWNER/REPOSITORY, such as acme/ml-platform")
    .describe("Name of the repository, for people; what counts are the numbers"),
  repositoryId: githubNumber.describe("Number of the repository: `gh api repos/OWNER/REPOSITORY --jq .id`"),
  ownerId: githubNumber.describe("Number of its owner: `gh api repos/OWNER/REPOSITORY --jq .owner.id`"),
  branch: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/,
      "must be a branch, such as main: letters, digits, '.', '_', '/' and '-'",
    )
    .default("main")
    .describe("Branch whose jobs apply"),
  pool: z
    .string()
    .regex(
      /^(?!gcp-)[a-z0-9-]{4,32}$/,
      "must be 4 to 32 lower-case letters, digits or hyphens, and not start with 'gcp-'",
    )
    .default("github")
    .describe(
      "Id of the workload identity pool; Google keeps a deleted one for 30 days, and only another name is free",
    ),
});

/** `environments/<name>.yaml`: one project of Google Cloud and what all its teams share. */
export const environmentSchema = z.strictObject({
  project: projectId.describe("Project id"),
  projectNumber: z
    .string()
    .regex(/^[0-9]{6,19}$/, "must be a project number in quotes, digits only")
    .describe("Project number: `gcloud projects describe PROJECT --format='value(projectNumber)'`"),
  region: z.enum(regions).describe("Region of every regional resource"),
  jurisdiction: z.enum(jurisdictions).describe("Where data may be: every location is checked against it"),
  contactEmail: email.describe("Receives budget alerts; quota requests are made in its name"),
  deletionProtection: z.boolean().default(true).describe("Keeps what holds data from being deleted by Terraform"),
  labels: labels.describe("Labels of every resource of the environment"),
  state: z
    .discriminatedUnion("backend", [
      z.strictObject({
        backend: z.literal("local"),
        directory: z
          .string()
          .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$)).+$/, "must be a folder inside of the project, without '..'")
          .default(".terraform-state")
          .describe("Folder for the state files, from the project's root"),
      }),
      z.strictObject({
        backend: z.literal("gcs"),
        bucket: z
          .string()
          .regex(
            /^[a-z0-9][-a-z0-9_.]{1,61}[a-z0-9]$/,
            "must be a bucket name: 3 to 63 lower-case letters, digits, '-', '_' or '.'",
          )
          .describe("Bucket that holds the state files"),
        bootstrap: z
          .enum(["local", "gcs"])
          .default("local")
          .describe(
            "Where the state of the stack that makes the bucket is: a file below .terraform-state, or the bucket itself once it has moved there",
          ),
      }),
    ])
    .describe("Where Terraform keeps the state of the environment's stacks"),
  network: z
    .strictObject({
      subnetCidr: subnetRange.default("10.10.0.0/20").describe("Primary range of the subnet that private workers use"),
    })
    .prefault({}),
  encryption: z
    .strictObject({
      rotationDays: count(1, 365).default(90).describe("Days after which a key gets a new version"),
    })
    .prefault({}),
  audit: z
    .strictObject({
      retentionDays: count(1, 3650).default(400).describe("Days for which audit logs are kept"),
      locked: z
        .boolean()
        .default(true)
        .describe("Locks the retention; a locked log bucket can never be unlocked or shortened"),
    })
    .prefault({}),
  budget: z
    .strictObject({
      billingAccount: z
        .string()
        .regex(/^[0-9A-F]{6}(-[0-9A-F]{6}){2}$/, "must be a billing account id, such as 012345-6789AB-CDEF01"),
      currencyCode: z
        .string()
        .regex(/^[A-Z]{3}$/, "must be the three-letter currency of the billing account, such as EUR"),
      monthlyAmount: count(1, 100_000_000).describe("Amount per month, in whole units of the currency"),
      thresholds: z
        .array(ratio.min(0.01))
        .min(1)
        .default([0.5, 0.9, 1])
        .describe("Shares of the amount at which mail is sent"),
    })
    .describe("Budget of the project; it warns, it does not stop anything"),
  quotas: z
    .strictObject({
      training: acceleratorQuota,
      serving: acceleratorQuota,
      protected: z
        .boolean()
        .default(true)
        .describe("Refuses to destroy quota preferences: Google keeps them, and the same ones cannot be made again"),
    })
    .prefault({})
    .describe("Vertex AI quotas of the environment's region"),
  acknowledgements: z
    .array(
      z.strictObject({
        policy: z
          .string()
          .regex(
            /^[a-z][a-z-]*\/[a-z0-9-]+$/,
            "must be the id of a policy, such as run/ingress-is-internal: see 'mlp policies'",
          )
          .describe("Id of the policy that is broken; 'mlp policies' lists them"),
        address: z
          .string()
          .regex(/^[^\s*/]*(\/[^\s*]*)?\*?$/, "must be STACK/ADDRESS as findings name them; a '*' may end it")
          .describe("STACK/ADDRESS of the resource; a '*' at the end stands for anything"),
        reason,
        expires: day.describe("Last day on which it is accepted"),
      }),
    )
    .default([])
    .describe("Findings of policies that are accepted for a time"),
  ci: z
    .strictObject({ github: github.optional().describe("Jobs of GitHub Actions that plan and apply the stacks") })
    .prefault({})
    .describe("What plans and applies the stacks besides people"),
  teams: z.array(name(12)).default([]).describe("Teams that live in this environment: names of folders under teams/"),
});

/** An environment's own settings, checked and complete. */
export type EnvironmentConfig = z.output<typeof environmentSchema>;

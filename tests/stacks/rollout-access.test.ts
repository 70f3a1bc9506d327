import { readFileSync } from "node:fs";

import type { PlatformConfig } from "../../config/platform";
import { repositoryPlatform, type StackJson, synthesise } from "../support/platform";
import { type RolloutCommand, rolloutPermissions } from "../support/rollout-permissions";

const owners = "group:churn-ml@acme.example";
const approver = "group:risk@acme.example";
const registrar = "serviceAccount:trainer@other.iam.gserviceaccount.com";

/** The sandbox, with people of every kind about its model. */
function platform(): PlatformConfig {
  const changed = structuredClone(repositoryPlatform());
  const model = changed.teams["churn"]!.serving.models["propensity"]!;
  model.rollout.approvers = [approver];
  model.registrars = [registrar];
  return changed;
}

const stacks = synthesise(platform());

/** What Google's roles hold of what the commands need. Source: "Roles and permissions" of the IAM documentation, read 2026-11. */
const predefined: Readonly<Record<string, readonly string[]>> = {
  "roles/workflows.invoker": ["workflows.callbacks.send", "workflows.executions.create", "workflows.executions.get"],
  "roles/storage.objectViewer": ["storage.objects.get"],
  "roles/bigquery.dataViewer": ["bigquery.tables.getData"],
};

/** Where the commands look, besides the project. */
const places = [
  ["foundation", "google_project_iam_member", /^/],
  ["churn-registry", "google_bigquery_dataset_iam_member", /\.Journal_/],
  ["churn-serving", "google_storage_bucket_iam_member", /\.Rollouts_/],
] as const;

const of = (json: StackJson, type: string) => Object.entries(json.resource[type] ?? {});

function permissionsIn(role: string): readonly string[] {
  const id = /roles\/(\w+)$/.exec(role)?.[1];
  const custom = of(stacks.get("bootstrap")!, "google_project_iam_custom_role");
  const found = custom.find(([, { role_id }]) => role_id === id)?.[1]["permissions"] as string[] | undefined;
  return predefined[role] ?? found ?? [];
}

function rolesOf(member: string): string[] {
  return places.flatMap(([stack, type, place]) =>
    of(stacks.get(stack)!, type)
      .filter(([, grant]) => grant["member"] === member && place.test(JSON.stringify(grant)))
      .map(([, { role }]) => role as string),
  );
}

const may = (member: string, command: RolloutCommand) => {
  const held = rolesOf(member).flatMap(permissionsIn);
  return rolloutPermissions[command].every((permission) => held.includes(permission));
};
const commands = Object.keys(rolloutPermissions) as RolloutCommand[];
const allowed = (member: string) => commands.filter((command) => may(member, command));

test("owners may give every command, also where others may register versions", () => {
  expect(allowed(owners)).toEqual(["start", "status", "approve", "rollback", "history"]);
});

test("who approves sees where a rollout stands and answers it, and starts nothing", () => {
  expect(allowed(approver)).toEqual(["status", "approve", "history"]);
  expect(rolesOf(approver)).toEqual([
    "projects/acme-ml-sandbox/roles/rolloutApprover",
    "roles/bigquery.dataViewer",
    "roles/storage.objectViewer",
  ]);
});

test("who registers versions starts workflows, and sees nothing of rollouts", () => {
  expect(rolesOf(registrar)).toEqual(["roles/workflows.invoker"]);
});

test("the approvers' role holds what the commands need on the project, and no more", () => {
  const needed = [...rolloutPermissions.status, ...rolloutPermissions.approve, ...rolloutPermissions.history];
  const inPlaces = ["roles/storage.objectViewer", "roles/bigquery.dataViewer"].flatMap(permissionsIn);
  const expected = [...new Set<string>(needed)].filter((permission) => !inPlaces.includes(permission)).sort();
  expect(permissionsIn("projects/acme-ml-sandbox/roles/rolloutApprover")).toEqual(expected);
});

test("a team without models has nobody who starts or answers anything", () => {
  const bare = structuredClone(repositoryPlatform());
  bare.teams["churn"]!.serving = { models: {}, services: {} };
  const members = of(synthesise(bare).get("foundation")!, "google_project_iam_member").map(([, { member }]) => member);
  expect(members).not.toContain(owners);
});

/** Datasets that the account of the rollout reads, by the name of their construct or, from another stack, of their own. */
function readByRollout(changes: object): string[] {
  const changed = structuredClone(repositoryPlatform());
  Object.assign(changed.teams["churn"]!.serving.models["propensity"]!.rollout, changes);
  const serving = synthesise(changed).get("churn-serving")!;
  return of(serving, "google_bigquery_dataset_iam_member")
    .filter(
      ([, { member, role }]) => /Rollout_rollout_Account_/.test(String(member)) && role === "roles/bigquery.dataViewer",
    )
    .map(([, { dataset_id: id }]) => /dataset\.(\w+?)_[0-9A-F]{8}\./.exec(String(id))?.[1] ?? String(id))
    .sort();
}

test("a rollout reads what its query of a business metric joins: streams, requests, and predictions over streams", () => {
  const business = { query: { path: "q.sql", content: "SELECT 1" }, better: "higher", tolerance: 0.01 };
  expect(readByRollout({ business: { ...business, minimumUnits: 1000, fromShare: 50 } })).toEqual([
    "Logs",
    "Streams_Predictions",
    "churn_raw",
  ]);
});

test("without a business metric it reads none of them", () => {
  expect(readByRollout({})).toEqual([]);
});

test("the documentation tells of every command what it asks for, and of whom", () => {
  const table = readFileSync("docs/rollouts.md", "utf8")
    .split("\n")
    .filter((line) => /^\| `mlp rollout \w+` /.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  const rows = table.map(([, command, permissions, who]) => ({
    command: /rollout (\w+)/.exec(command!)![1],
    permissions: [...permissions!.matchAll(/`([\w.]+)`/g)].map(([, name]) => name).sort(),
    who,
  }));
  expect(rows).toEqual(
    commands.map((command) => ({
      command,
      permissions: rolloutPermissions[command],
      who: may(approver, command) ? "owners, approvers" : "owners",
    })),
  );
});

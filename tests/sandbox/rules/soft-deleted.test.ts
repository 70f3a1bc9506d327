import { nameFree } from "../../../tools/sandbox/rules/name-free";
import { softDeleted } from "../../../tools/sandbox/rules/soft-deleted";
import type { ValueObject } from "../../../tools/sandbox/values/value";
import { creation, daysLater, worldOf } from "../support/world";

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const pool = "projects/acme/locations/global/workloadIdentityPools/ci";
const bucket = "projects/acme/locations/europe-west4/buckets/audit";
const role = "projects/acme/roles/mlRunner";

test.each<[string, string, ValueObject, number, string, string]>([
  [
    "google_iam_workload_identity_pool",
    pool,
    { state: "DELETED" },
    29,
    "Error creating WorkloadIdentityPool: googleapi: Error 409: Requested entity already exists",
    "undelete it and import it, or take another name.",
  ],
  [
    "google_iam_workload_identity_pool_provider",
    `${pool}/providers/github`,
    { state: "DELETED" },
    29,
    "Error creating WorkloadIdentityPoolProvider: googleapi: Error 409: Requested entity already exists",
    "undelete it and import it, or take another name.",
  ],
  [
    "google_logging_project_bucket_config",
    bucket,
    { lifecycle_state: "DELETE_REQUESTED" },
    6,
    `Error updating Logging Bucket Config "${bucket}": googleapi: Error 400: Buckets must be in an ACTIVE state to be modified`,
    "undelete it and import it, or take another name.",
  ],
  [
    "google_project_iam_custom_role",
    role,
    { deleted: true },
    36,
    `Error creating the custom project role ${role}: googleapi: Error 400: You can't create a role_id (mlRunner) which has been ` +
      "marked for deletion., failedPrecondition",
    "take another name.",
  ],
])("a deleted %s keeps its name for a while", (type, id, mark, days, error, advice) => {
  const world = worldOf({ type, id, values: mark });
  const change = creation(type, id);

  expect(softDeleted.check(change, daysLater(world, days))).toEqual({
    error,
    remedy: `'${id}' was deleted, and Google keeps its name until ${day(1)}: ${advice}`,
  });
  expect(softDeleted.check(change, daysLater(world, days + 1))).toBeUndefined();
  expect(nameFree.check(change, daysLater(world, days + 1))).toBeUndefined();
});

test("a custom role is brought back within a week", () => {
  const world = worldOf({ type: "google_project_iam_custom_role", id: role, values: { deleted: true } });

  expect(softDeleted.check(creation("google_project_iam_custom_role", role), daysLater(world, 6))).toBeUndefined();
  expect(softDeleted.check(creation("google_project_iam_custom_role", role), daysLater(world, 7))).toBeDefined();
});

test("what is not deleted has its name for good", () => {
  const world = worldOf({ type: "google_iam_workload_identity_pool", id: pool, values: { state: "ACTIVE" } });
  const change = creation("google_iam_workload_identity_pool", pool);

  expect(softDeleted.check(change, world)).toBeUndefined();
  expect(nameFree.check(change, world)).toBeDefined();
});

import { containerEmpty } from "../../../tools/sandbox/rules/container-empty";
import { deletionProtected } from "../../../tools/sandbox/rules/deletion-protected";
import { endpointEmpty } from "../../../tools/sandbox/rules/endpoint-empty";
import { deletion, worldOf } from "../support/world";

test("what is protected is not deleted", () => {
  const id = "projects/acme/locations/europe-west4/workflows/train";

  expect(
    deletionProtected(deletion("google_workflows_workflow", id, { deletion_protection: true }), worldOf()),
  ).toEqual({
    error: `cannot destroy Workflow "${id}" without setting deletion_protection=false and running \`terraform apply\``,
    remedy: "Set deletion_protection to false, apply, and then delete it: what it holds is lost.",
  });
  expect(
    deletionProtected(deletion("google_workflows_workflow", id, { deletion_protection: false }), worldOf()),
  ).toBeUndefined();
});

const object = { type: "google_storage_bucket_object", id: "data-a", values: { bucket: "data" } };

test("a bucket with objects is not deleted", () => {
  expect(containerEmpty(deletion("google_storage_bucket", "data", { force_destroy: false }), worldOf(object))).toEqual({
    error: "Error trying to delete bucket data containing objects without `force_destroy` set to true",
    remedy: "Delete the objects first, or set force_destroy to true and apply before deleting.",
  });
});

test("an empty one is, and one that may lose its objects", () => {
  expect(containerEmpty(deletion("google_storage_bucket", "other"), worldOf(object))).toBeUndefined();
  expect(
    containerEmpty(deletion("google_storage_bucket", "data", { force_destroy: true }), worldOf(object)),
  ).toBeUndefined();
});

const table = { type: "google_bigquery_table", id: "projects/acme/datasets/raw/tables/events", values: {} };

test("a dataset with tables is not deleted", () => {
  const dataset = (more: object) =>
    deletion("google_bigquery_dataset", "projects/acme/datasets/raw", { dataset_id: "raw", ...more });

  expect(containerEmpty(dataset({}), worldOf(table))).toEqual({
    error: "Error deleting Dataset: googleapi: Error 400: Dataset acme:raw is still in use, resourceInUse",
    remedy: "Delete its tables first, or set delete_contents_on_destroy to true and apply before deleting.",
  });
  expect(containerEmpty(dataset({ delete_contents_on_destroy: true }), worldOf(table))).toBeUndefined();
  expect(containerEmpty(dataset({}), worldOf())).toBeUndefined();
});

test("an endpoint with deployed models is not deleted, an empty one is", () => {
  const type = "google_vertex_ai_endpoint";
  const id = "projects/acme/locations/europe-west4/endpoints/1";
  const world = (...models: { id: string }[]) => worldOf({ type, id, values: { deployed_models: models } });

  expect(endpointEmpty(deletion(type, id), world({ id: "11" }))).toEqual({
    error: `Error deleting Endpoint: googleapi: Error 400: Endpoint ${id} has deployed or being-deployed DeployedModel(s).`,
    remedy: "Undeploy its models first, with the endpoint's undeployModel: Terraform does not.",
  });
  expect(endpointEmpty(deletion(type, id), world())).toBeUndefined();
});

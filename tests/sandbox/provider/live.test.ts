import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Cloud } from "../../../tools/sandbox/cloud";
import { Creations } from "../../../tools/sandbox/creations";
import { ProjectNumbers } from "../../../tools/sandbox/project";
import { Provider } from "../../../tools/sandbox/provider/provider";
import { Catalogue } from "../../../tools/sandbox/schema/catalogue";
import type { ValueObject } from "../../../tools/sandbox/values/value";

const type = "google_vertex_ai_endpoint";
const id = "projects/acme/locations/europe-west4/endpoints/1";

let root: string;
let cloud: Cloud;
let provider: Provider;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sandbox-live-"));
  cloud = new Cloud(root);
  const catalogue = new Catalogue("google", join(__dirname, "../../../.sandbox/cache"));
  provider = new Provider(catalogue, cloud, new ProjectNumbers({ acme: "123456789012" }), new Creations(root));
  provider.configure({ project: "acme", region: "europe-west4" });
  cloud.put({ type: "google_project_service", id: "acme/aiplatform.googleapis.com", values: {} });
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const config = (more: ValueObject = {}): ValueObject => ({
  name: "1",
  display_name: "churn",
  location: "europe-west4",
  region: "europe-west4",
  ...more,
});

/** Plans from a state, lets a rollout move the split, then applies the plan. */
function applyAfterRollout(more: ValueObject): ValueObject {
  const created = provider.apply(type, null, provider.plan(type, config(), null, config()).planned) as ValueObject;
  const { planned } = provider.plan(type, config(more), created, config(more));
  cloud.put({
    type,
    id,
    values: { ...cloud.get(type, id)!.values, traffic_split: '{"11":100}', deployed_models: [{ id: "11" }] },
  });
  provider.apply(type, created, planned);
  return cloud.get(type, id)!.values;
}

test("an update leaves alone what a rollout changed after the plan was made", () => {
  expect(applyAfterRollout({ display_name: "other" })).toMatchObject({
    display_name: "other",
    traffic_split: '{"11":100}',
    deployed_models: [{ id: "11" }],
  });
});

test("a split that is configured is set", () => {
  expect(applyAfterRollout({ traffic_split: '{"22":100}' })).toMatchObject({ traffic_split: '{"22":100}' });
});

test("an endpoint that serves is not deleted", () => {
  applyAfterRollout({});

  expect(() => provider.apply(type, cloud.get(type, id)!.values, null)).toThrow(
    `Error deleting Endpoint: googleapi: Error 400: Endpoint ${id} has deployed or being-deployed DeployedModel(s).`,
  );
});

import { undeployModels } from "../../tools/cli/undeploy";
import type { ManagedResource } from "../../tools/cli/terraform-state";
import { LoopbackClient } from "../../tools/rollout/loopback-client";
import { uploadVersion } from "./support/upload-version";
import type { EndpointState } from "../../tools/rollout/state";
import { Cloud } from "../../tools/sandbox/cloud";
import { location, workflow } from "../sandbox/executions/support/cloud-run";
import { SmallSandbox } from "./support/small-sandbox";

const here = location.replace("acme", "acme-ml");
const endpoint = `${here}/endpoints/123456789`;
const vertex = "https://europe-west4-aiplatform.googleapis.com/v1";
const image = `europe-west4-docker.pkg.dev/acme-ml/images/churn@sha256:${"0".repeat(64)}`;
const nap = "main:\n  steps:\n    - sleep:\n        call: sys.sleep\n        args: { seconds: 10000000 }\n";

let sandbox: SmallSandbox;
let client: LoopbackClient;
beforeEach(async () => {
  sandbox = await SmallSandbox.open({}, [workflow("nap", nap), workflow("kept", nap)]);
  client = new LoopbackClient(sandbox.url);
});
afterEach(() => sandbox.close());

const managed = (...names: readonly (readonly [type: string, id: string])[]): ManagedResource[] =>
  names.map(([type, id]) => ({ stack: "sandbox-churn-serving", address: `${type}.X`, type, id }));

const undeploy = async (resources: readonly ManagedResource[]) => {
  const said: string[] = [];
  await undeployModels(sandbox.root, client, resources, (line) => said.push(line));
  return said;
};

const read = async () => (await client.call("GET", `${vertex}/${endpoint}`)) as EndpointState;

/** Deploys versions with shares of traffic, the ids in the order of their names. */
async function deploy(split: Readonly<Record<string, number>>): Promise<void> {
  await uploadVersion(client, `${here}/models/churn-propensity`, image);
  const machineSpec = { machineType: "n1-standard-4" };
  for (const id of Object.keys(split)) {
    await client.call("POST", `${vertex}/${endpoint}:deployModel`, {
      deployedModel: {
        id,
        model: `${here}/models/churn-propensity`,
        dedicatedResources: { machineSpec, minReplicaCount: 1 },
      },
      trafficSplit: {},
    });
  }
  while (((await read()).deployedModels ?? []).length < Object.keys(split).length) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await client.call("PATCH", `${vertex}/${endpoint}?updateMask=trafficSplit`, { trafficSplit: split });
}

test.each([
  ["one model", { "11": 100 }],
  ["several, the last of which has most traffic", { "11": 0, "22": 10, "33": 90 }],
  ["several, the first of which has most traffic", { "11": 80, "22": 20 }],
])("%s: the endpoint is empty afterwards, and can be deleted", async (_, split) => {
  await deploy(split);
  expect(await undeploy(managed(["google_vertex_ai_endpoint", endpoint]))).toEqual([
    "churn-propensity  undeploying its models",
  ]);
  const { deployedModels = [], trafficSplit = {} } = await read();
  expect({ deployedModels, trafficSplit }).toEqual({ deployedModels: [], trafficSplit: {} });
});

test("executions end first, so that none deploys again, and only those of what is destroyed", async () => {
  const start = async (name: string) => {
    const url = `https://workflowexecutions.googleapis.com/v1/${here}/workflows/${name}/executions`;
    return ((await client.call("POST", url, { argument: "{}" })) as { name: string }).name;
  };
  const [doomed, kept] = [await start("nap"), await start("kept")];
  await deploy({ "11": 100 });
  const resources = managed(
    ["google_vertex_ai_endpoint", endpoint],
    ["google_workflows_workflow", `${here}/workflows/nap`],
  );

  expect(await undeploy(resources)).toEqual([
    "nap  cancelling an execution",
    "churn-propensity  undeploying its models",
  ]);
  expect(sandbox.runtime.engine.get(doomed)!.state).toBe("CANCELLED");
  expect(sandbox.runtime.engine.get(kept)!.state).toBe("ACTIVE");
});

test("endpoints that are not destroyed keep their models, and empty ones are not spoken of", async () => {
  await deploy({ "11": 100 });
  expect(await undeploy(managed(["google_vertex_ai_endpoint", `${here}/endpoints/1`]))).toEqual([]);
  expect((await read()).trafficSplit).toEqual({ "11": 100 });

  const cloud = new Cloud(sandbox.root);
  const resource = cloud.get("google_vertex_ai_endpoint", endpoint)!;
  const empty = `${here}/endpoints/2`;
  cloud.put({ ...resource, id: empty, values: { ...resource.values, deployed_models: [], traffic_split: "" } });
  expect(await undeploy(managed(["google_vertex_ai_endpoint", empty]))).toEqual([]);
});

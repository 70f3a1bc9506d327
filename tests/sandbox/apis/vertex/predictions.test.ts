import { Acme, endpoint, endpointId, numbered, refusal } from "../support/acme";

const path = `endpoints/${endpointId}`;

let acme: Acme;

beforeEach(async () => {
  acme = new Acme();
  await acme.upload({}, "champion");
  await acme.upload({ explanationSpec: { parameters: { sampledShapleyAttribution: { pathCount: 5 } } } }, "challenger");
  await acme.deploy("11", "champion");
  await acme.deploy("22", "challenger");
});

interface Prediction {
  deployedModelId: string;
  modelVersionId: string;
  predictions: number[];
}

const predict = async (instances: unknown[] = [{ tenure: 3 }]) => acme.vertex("POST", `${path}:predict`, { instances });
const prediction = async () => (await predict()).body as Prediction;

test("an endpoint without traffic answers with Google's refusal", async () => {
  expect(refusal(await predict())).toBe(
    `400 FAILED_PRECONDITION Endpoint ${numbered}/${path} doesn't have traffic_split.`,
  );
});

test("a request is answered by a model that has traffic, which says who it is", async () => {
  await acme.split({ "22": 100 });

  expect((await predict()).body).toEqual({
    predictions: [expect.any(Number) as number],
    deployedModelId: "22",
    model: `${numbered}/models/churn`,
    modelDisplayName: "churn",
    modelVersionId: "2",
  });
});

test("requests follow the split", async () => {
  await acme.split({ "11": 80, "22": 20 });
  const answers = await Promise.all(Array.from({ length: 1_000 }, prediction));
  const challenger = answers.filter(({ deployedModelId }) => deployedModelId === "22").length;

  expect(challenger).toBeGreaterThan(150);
  expect(challenger).toBeLessThan(250);
});

test("versions predict differently, each the same for the same instance", async () => {
  await acme.split({ "11": 100 });
  const champion = await prediction();
  expect(await prediction()).toEqual(champion);

  await acme.split({ "22": 100 });
  expect((await prediction()).predictions).not.toEqual(champion.predictions);
});

test("a raw prediction names the model in its headers", async () => {
  await acme.split({ "11": 100 });
  const { headers, body } = await acme.vertex("POST", `${path}:rawPredict`, { instances: [1, 2] });

  expect(headers).toMatchObject({ "x-vertex-ai-endpoint-id": endpointId, "x-vertex-ai-deployed-model-id": "11" });
  expect(JSON.parse(String(body))).toEqual({
    predictions: [expect.any(Number) as number, expect.any(Number) as number],
  });
});

test("requests are counted in the metrics of the minute", async () => {
  await acme.split({ "11": 100 });
  await predict([1, 2, 3]);
  acme.clock.pass(10);
  const filter = 'metric.type="aiplatform.googleapis.com/prediction/online/prediction_count"';
  const query = new URLSearchParams({
    filter,
    "interval.startTime": new Date(acme.clock.now() - 15 * 60_000).toISOString(),
    "interval.endTime": new Date(acme.clock.now()).toISOString(),
  });
  const { body } = await acme.call(
    "GET",
    `https://monitoring.googleapis.com/v3/projects/acme/timeSeries?${query.toString()}`,
  );

  expect(body).toMatchObject({ timeSeries: [{ points: [{ value: { int64Value: "3" } }] }] });
});

describe("explain", () => {
  const explain = async (body: object) =>
    acme.vertex("POST", `${path}:explain`, { instances: [{ a: 1, b: 2 }], ...body });

  test("may name a deployed model, also one without traffic", async () => {
    const { body } = await explain({ deployedModelId: "22" });
    const { explanations, predictions } = body as {
      explanations: { attributions: { instanceOutputValue: number; featureAttributions: Record<string, number> }[] }[];
      predictions: number[];
    };

    expect(body).toMatchObject({ deployedModelId: "22" });
    expect(explanations[0]!.attributions[0]!.instanceOutputValue).toBe(predictions[0]);
    expect(Object.keys(explanations[0]!.attributions[0]!.featureAttributions)).toEqual(["a", "b"]);
  });

  test.each([
    [
      { deployedModelId: "11" },
      "400 FAILED_PRECONDITION DeployedModel 11 has no explanation_spec: its Model was uploaded without one.",
    ],
    [{ deployedModelId: "33" }, "404 NOT_FOUND The following DeployedModel ID(s) [33] do not exist."],
    [{}, `400 FAILED_PRECONDITION Endpoint ${numbered}/${path} doesn't have traffic_split.`],
  ])("%j is refused", async (body, message) => {
    expect(refusal(await explain(body))).toBe(message);
  });
});

test("instances are required, and a predict cannot name a deployed model", async () => {
  await acme.split({ "11": 100 });

  expect(refusal(await acme.vertex("POST", `${path}:predict`, {}))).toBe(
    "400 INVALID_ARGUMENT Required field is not set: 'instances'",
  );
  expect(refusal(await acme.vertex("POST", `${path}:predict`, { instances: [1], deployedModelId: "22" }))).toBe(
    '400 INVALID_ARGUMENT Invalid JSON payload received. Unknown name "deployedModelId": Cannot find field.',
  );
});

describe("with Private Service Connect", () => {
  const attachment = /^projects\/[0-9a-f]{17}-tp\/regions\/europe-west4\/serviceAttachments\/gkedpm-[0-9a-f]{30}$/;

  beforeEach(() => {
    const made = acme.cloud.get("google_vertex_ai_endpoint", endpoint)!;
    const config = [{ enable_private_service_connect: true, project_allowlist: ["acme"] }];
    acme.cloud.put({ ...made, values: { ...made.values, private_service_connect_config: config } });
  });

  test("a deployed model names the service attachment, which Terraform reads too", async () => {
    await acme.deploy("44");
    const { deployedModels } = (await acme.vertex("GET", path)).body as { deployedModels: { id: string }[] };

    expect(deployedModels.find(({ id }) => id === "44")).toMatchObject({
      privateEndpoints: { serviceAttachment: expect.stringMatching(attachment) as string },
    });
    expect(acme.cloud.get("google_vertex_ai_endpoint", endpoint)!.values["deployed_models"]).toContainEqual(
      expect.objectContaining({
        private_endpoints: [{ service_attachment: expect.stringMatching(attachment) as string }],
      }),
    );
  });

  test("explanations are refused", async () => {
    expect(refusal(await acme.vertex("POST", `${path}:explain`, { instances: [1], deployedModelId: "22" }))).toBe(
      `400 FAILED_PRECONDITION Endpoint ${numbered}/${path} is reached through Private Service Connect, which does not carry 'explain'.`,
    );
  });
});

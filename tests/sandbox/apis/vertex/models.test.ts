import { Acme, endpointId, numbered, refusal, region } from "../support/acme";

let acme: Acme;

beforeEach(() => {
  acme = new Acme();
});

const model = `${numbered}/models/churn`;
const get = async (name: string) => (await acme.vertex("GET", `models/${name}`)).body as Record<string, unknown>;
const merge = async (name: string, ...versionAliases: string[]) =>
  acme.vertex("POST", `models/${name}:mergeVersionAliases`, { versionAliases });

/** Version of each alias. */
const aliases = async (): Promise<Record<string, string>> => {
  const { models } = (await acme.vertex("GET", "models/churn:listVersions")).body as {
    models: { versionId: string; versionAliases?: string[] }[];
  };
  const pairs = models.flatMap(({ versionId, versionAliases = [] }) =>
    versionAliases.map((alias) => [alias, versionId]),
  );
  return Object.fromEntries(pairs) as Record<string, string>;
};

describe("upload", () => {
  test("takes a minute, and then there is version 1, the default", async () => {
    const body = { modelId: "churn", model: { displayName: "churn", artifactUri: "gs://acme-models/churn/1" } };
    const { name } = (await acme.vertex("POST", "models:upload", body)).body as { name: string };

    expect((await acme.vertex("GET", "models/churn")).status).toBe(404);
    acme.clock.pass(1);
    expect((await acme.call("GET", `https://europe-west4-aiplatform.googleapis.com/v1/${name}`)).body).toMatchObject({
      done: true,
      metadata: { "@type": "type.googleapis.com/google.cloud.aiplatform.v1.UploadModelOperationMetadata" },
      response: { model, modelVersionId: "1" },
    });
    expect(await get("churn")).toMatchObject({
      name: model,
      versionId: "1",
      versionAliases: ["default"],
      artifactUri: "gs://acme-models/churn/1",
    });
  });

  test("with a parent model makes its next version, and moves the aliases it asks for", async () => {
    await acme.upload({}, "challenger");
    await acme.upload({}, "challenger", "canary");

    expect(await aliases()).toEqual({ default: "1", challenger: "2", canary: "2" });
    expect(await get("churn@challenger")).toMatchObject({ versionId: "2" });
    expect(await get("churn@1")).toMatchObject({ versionId: "1" });
    expect(await get("churn")).toMatchObject({ versionId: "1" });
  });

  test.each([
    [{ model: {} }, "400 INVALID_ARGUMENT Required field is not set: 'model.display_name'"],
    [{}, "400 INVALID_ARGUMENT Required field is not set: 'model'"],
    [
      { model: { displayName: "x", versionAliases: ["Bad_"] } },
      "400 INVALID_ARGUMENT Version alias must match [a-z][a-zA-Z0-9-]{0,126}[a-z0-9], got 'Bad_'.",
    ],
    [
      { modelId: "9x", model: { displayName: "x" } },
      "400 INVALID_ARGUMENT 'model_id' must match [a-z_][a-z0-9_-]{0,62}, got '9x'.",
    ],
    [{ modelId: "churn", model: { displayName: "x" } }, `409 ALREADY_EXISTS Model \`${model}\` already exists.`],
    [
      { parentModel: `${region}/models/none`, model: { displayName: "x" } },
      `404 NOT_FOUND Model \`${numbered}/models/none\` not found.`,
    ],
  ])("%j is refused", async (body, message) => {
    await acme.upload();

    expect(refusal(await acme.vertex("POST", "models:upload", body))).toBe(message);
  });
});

describe("aliases", () => {
  beforeEach(async () => {
    await acme.upload({}, "champion");
    await acme.upload({}, "challenger");
  });

  test("move to a version, and are taken away with a minus", async () => {
    const answer = await merge("churn@2", "champion", "-challenger");

    expect(answer.body).toMatchObject({ versionId: "2", versionAliases: ["champion"] });
    expect(await aliases()).toEqual({ default: "1", champion: "2" });
  });

  test("default moves, so that exactly one version has it", async () => {
    await merge("churn@2", "default");

    expect(await aliases()).toEqual({ champion: "1", challenger: "2", default: "2" });
  });

  test("default cannot be taken away", async () => {
    expect(refusal(await merge("churn@1", "-default"))).toBe(
      "400 INVALID_ARGUMENT The 'default' version alias cannot be removed: exactly one version has it. Add it to another version " +
        "to move it.",
    );
    expect(await aliases()).toMatchObject({ default: "1" });
  });

  test("one that no version has is not found", async () => {
    expect(refusal(await acme.vertex("GET", "models/churn@none"))).toBe(
      `404 NOT_FOUND Model version or alias \`none\` of \`${model}\` not found.`,
    );
  });
});

describe("deletion", () => {
  beforeEach(async () => {
    await acme.upload();
    await acme.upload();
    await acme.deploy("22", "2");
  });

  test("a deployed version says where it is deployed and is not deleted, nor is its model", async () => {
    const refused = `400 FAILED_PRECONDITION Model ${model}@2 is deployed: undeploy it before deleting it.`;

    expect(await get("churn@2")).toMatchObject({
      deployedModels: [{ endpoint: `${numbered}/endpoints/${endpointId}`, deployedModelId: "22" }],
    });
    expect(refusal(await acme.vertex("DELETE", "models/churn@2:deleteVersion"))).toBe(refused);
    expect(refusal(await acme.vertex("DELETE", "models/churn"))).toBe(refused);
  });

  test("the default version is not deleted", async () => {
    expect(refusal(await acme.vertex("DELETE", "models/churn@1:deleteVersion"))).toBe(
      `400 FAILED_PRECONDITION Version 1 of Model ${model} is the default version: move the 'default' version alias to another ` +
        "version, or delete the Model.",
    );
  });

  test("another version is; its number is not given again", async () => {
    await acme.upload();
    await acme.finish(await acme.vertex("DELETE", "models/churn@3:deleteVersion"));

    expect((await acme.vertex("GET", "models/churn@3")).status).toBe(404);
    expect(await acme.upload()).toBe("4");
  });

  test("a model that is deployed nowhere goes with all its versions", async () => {
    await acme.finish(await acme.vertex("POST", `endpoints/${endpointId}:undeployModel`, { deployedModelId: "22" }));
    await acme.finish(await acme.vertex("DELETE", "models/churn"));

    expect((await acme.vertex("GET", "models")).body).toEqual({});
  });
});

describe("patch and list", () => {
  beforeEach(async () => {
    await acme.upload({ labels: { run: "7" } });
    await acme.upload({ labels: { run: "8" } });
  });

  test("changes what the mask names of one version", async () => {
    const body = { labels: { run: "9" }, description: "not this" };
    await acme.vertex("PATCH", "models/churn@2?updateMask=labels", body);

    expect(await get("churn@2")).toMatchObject({ labels: { run: "9" } });
    expect(await get("churn@2")).not.toHaveProperty("description");
    expect(await get("churn@1")).toMatchObject({ labels: { run: "7" } });
  });

  test.each([
    ["labels.run=8", ["2"]],
    ['labels.run="8" AND display_name=churn', ["2"]],
    ["labels.run!=8", ["1"]],
    ["labels.run:*", ["1", "2"]],
    ["labels.none:*", []],
    ["version_aliases:default", ["1"]],
  ])("versions are listed by %s", async (filter, expected) => {
    const url = `models/churn:listVersions?filter=${encodeURIComponent(filter)}`;
    const { models = [] } = (await acme.vertex("GET", url)).body as { models?: { versionId: string }[] };

    expect(models.map(({ versionId }) => versionId)).toEqual(expected);
  });

  test("a filter that the sandbox cannot read is refused", async () => {
    const url = `models?filter=${encodeURIComponent("createTime>2026")}`;

    expect(refusal(await acme.vertex("GET", url))).toBe(
      "400 INVALID_ARGUMENT The sandbox cannot read the filter 'createTime>2026': it takes comparisons with =, != and :* that are " +
        "joined by AND.",
    );
  });
});

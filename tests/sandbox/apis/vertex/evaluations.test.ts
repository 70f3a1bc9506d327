import { Acme, numbered, refusal } from "../support/acme";

let acme: Acme;

beforeEach(async () => {
  acme = new Acme();
  await acme.upload({}, "champion");
  await acme.upload({}, "challenger");
});

const modelEvaluation = { displayName: "holdout", metrics: { auRoc: 0.91 }, sliceDimensions: ["country"] };
const importFor = async (model: string) => {
  const { body } = await acme.vertex("POST", `models/${model}/evaluations:import`, { modelEvaluation });
  return (body as { name: string }).name.split("/").pop()!;
};

test("an evaluation belongs to the version that it was imported for", async () => {
  const id = await importFor("churn@challenger");

  expect((await acme.vertex("GET", `models/churn/evaluations/${id}`)).body).toMatchObject({
    name: `${numbered}/models/churn/evaluations/${id}`,
    ...modelEvaluation,
    createTime: expect.any(String) as string,
  });
  expect((await acme.vertex("GET", "models/churn@challenger/evaluations")).body).toMatchObject({
    modelEvaluations: [{ metrics: { auRoc: 0.91 } }],
  });
  expect((await acme.vertex("GET", "models/churn@champion/evaluations")).body).toEqual({});
});

test("slices hold the metrics of a part of the data", async () => {
  const id = await importFor("churn@challenger");
  const slices = `models/churn/evaluations/${id}/slices`;
  const slice = { slice: { dimension: "country", value: "NL" }, metrics: { auRoc: 0.88 } };
  const imported = await acme.vertex("POST", `${slices}:batchImport`, { modelEvaluationSlices: [slice] });

  expect(imported.body).toEqual({
    importedModelEvaluationSlices: [
      expect.stringContaining(`${numbered}/models/churn/evaluations/${id}/slices/`) as string,
    ],
  });
  expect((await acme.vertex("GET", slices)).body).toMatchObject({ modelEvaluationSlices: [slice] });
});

test("an evaluation that does not exist is not found", async () => {
  expect(refusal(await acme.vertex("GET", "models/churn/evaluations/7"))).toBe(
    `404 NOT_FOUND ModelEvaluation \`${numbered}/models/churn/evaluations/7\` not found.`,
  );
});

import { problems } from "../support/project";
import { pipelineFiles, specification } from "../support/specification";

const image = (executor: string) =>
  problems(pipelineFiles(specification(), `    images: { ${executor}: trainer@sha256:${"0".repeat(64)} }\n`));

test("an image for an executor passes", () => {
  expect(image("train")).toEqual([]);
});

test("an image for an executor that does not exist is refused", () => {
  expect(image("trian")).toEqual([
    "teams/churn/team.yaml:8:15 pipelines.training.images.trian: must be an executor of 'teams/churn/training.yaml', got 'trian', did you mean 'train'? executors: train",
  ]);
});

import { didYouMean, listNames } from "../nearest";
import { executorNames } from "../pipeline-specification";
import { keyPlaceOf } from "../source/node";
import type { Rule } from "./rule";
import { specifications } from "./specifications";

/** Images are given to executors that the specification has. */
export const pipelineImages: Rule = ({ teams }, report) => {
  for (const team of teams) {
    for (const { name, pipeline, specification } of specifications(team)) {
      const executors = executorNames(specification);
      for (const executor of Object.keys(pipeline.images).filter((executor) => !executors.includes(executor))) {
        report(
          keyPlaceOf(team.node, "pipelines", name, "images", executor),
          `must be an executor of '${pipeline.specification.path}', got '${executor}'${didYouMean(executor, executors) || ","} executors: ${listNames(executors, executor)}`,
        );
      }
    }
  }
};

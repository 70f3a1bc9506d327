import type { PipelineConfig } from "../schema/team";
import type { Node } from "../source/node";
import type { TeamInEnvironment } from "./rule";

/** A team's pipeline with the specification it runs. */
export interface SpecifiedPipeline {
  readonly name: string;
  readonly pipeline: PipelineConfig;
  readonly specification: Node;
}

/** A team's pipelines, as far as their specifications are JSON or YAML. */
export function specifications({ workloads, source }: TeamInEnvironment): SpecifiedPipeline[] {
  return Object.entries(workloads.pipelines).flatMap(([name, pipeline]) => {
    const specification = source(pipeline.specification.path);
    return specification === undefined ? [] : [{ name, pipeline, specification }];
  });
}

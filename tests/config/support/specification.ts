import { stringify } from "yaml";

import { team } from "./project";

/** Parts of a pipeline's specification as a test varies them. */
export interface SpecificationProps {
  /** @default - one task, `train`, that runs `comp-train` */
  readonly tasks?: object;
  /** @default - one component, `comp-train`, that runs executor `train` */
  readonly components?: object;
  /** @default - one executor, `train`, without accelerators */
  readonly executors?: object;
  /** @default - none */
  readonly parameters?: object;
  /** What replaces the parts at the top. */
  readonly top?: object;
}

/** A pipeline's specification in YAML. */
export function specification(props: SpecificationProps = {}): string {
  return stringify({
    pipelineInfo: { name: "training" },
    schemaVersion: "2.1.0",
    root: {
      ...(props.parameters && { inputDefinitions: { parameters: props.parameters } }),
      dag: { tasks: props.tasks ?? { train: { componentRef: { name: "comp-train" } } } },
    },
    components: props.components ?? { "comp-train": { executorLabel: "train" } },
    deploymentSpec: { executors: props.executors ?? { train: { container: { image: "trainer" } } } },
    ...props.top,
  });
}

/** An executor that asks for accelerators. */
export function executor(type: string, count: string | number = "1"): object {
  return { container: { image: "trainer", resources: { accelerator: { type, count } } } };
}

/** Files of team `churn` with one pipeline, `training`, of the given specification. */
export function pipelineFiles(content: string, settings = ""): Record<string, string> {
  return {
    "teams/churn/team.yaml": team(`pipelines:
  training:
    specification: training.yaml
    schedule: 0 3 * * 1
${settings}`),
    "teams/churn/training.yaml": content,
  };
}

import { environment, problems } from "../support/project";
import { executor, pipelineFiles, specification } from "../support/specification";

const quotas = environment({}, "quotas: { training: { NVIDIA_TESLA_T4: 100, TPU_V5_LITEPOD: 100 } }\n");
const step = (train: object) =>
  problems({ "environments/dev.yaml": quotas, ...pipelineFiles(specification({ executors: { train } })) });

test("accelerators of training pass, as text or number", () => {
  expect(step(executor("NVIDIA_TESLA_T4", "4"))).toEqual([]);
  expect(step(executor("NVIDIA_TESLA_T4", 4))).toEqual([]);
});

test("an accelerator that is decided when the pipeline runs passes", () => {
  expect(step(executor("{{$.inputs.parameters['accelerator']}}"))).toEqual([]);
});

test("an unknown accelerator is refused in the specification", () => {
  expect(step(executor("NVIDIA_TESLA_T5"))).toEqual([
    "teams/churn/training.yaml:20:19 deploymentSpec.executors.train.container.resources.accelerator.type: must be an accelerator of Vertex AI, got 'NVIDIA_TESLA_T5', did you mean 'NVIDIA_TESLA_T4'? allowed: NVIDIA_TESLA_T4, NVIDIA_L4, NVIDIA_TESLA_V100, NVIDIA_TESLA_P100, NVIDIA_TESLA_P4, NVIDIA_TESLA_A100, NVIDIA_A100_80GB, NVIDIA_H100_80GB, NVIDIA_H100_MEGA_80GB, NVIDIA_H200_141GB, NVIDIA_B200, NVIDIA_GB200, NVIDIA_RTX_PRO_6000, TPU_V2, TPU_V3",
  ]);
});

test("an accelerator that no machine type of training takes is refused", () => {
  expect(step(executor("TPU_V5_LITEPOD", 1))).toEqual([
    "teams/churn/training.yaml:20:19 deploymentSpec.executors.train.container.resources.accelerator.type: must be an accelerator that a machine type of training takes by type and count, got 'TPU_V5_LITEPOD', allowed: NVIDIA_TESLA_T4, NVIDIA_L4, NVIDIA_TESLA_V100, NVIDIA_TESLA_P100, NVIDIA_TESLA_P4, NVIDIA_TESLA_A100, NVIDIA_A100_80GB, NVIDIA_H100_80GB, NVIDIA_H100_MEGA_80GB, NVIDIA_H200_141GB, NVIDIA_B200, NVIDIA_GB200, NVIDIA_RTX_PRO_6000, TPU_V2, TPU_V3",
  ]);
});

test("a count that no machine type takes is refused", () => {
  expect(step(executor("NVIDIA_TESLA_T4", 3))).toEqual([
    "teams/churn/training.yaml:21:20 deploymentSpec.executors.train.container.resources.accelerator.count: must be 1, 2 or 4 for NVIDIA_TESLA_T4, got '3'",
  ]);
  expect(step(executor("NVIDIA_TESLA_T4", "two"))).toEqual([
    "teams/churn/training.yaml:21:20 deploymentSpec.executors.train.container.resources.accelerator.count: must be 1, 2 or 4 for NVIDIA_TESLA_T4, got 'two'",
  ]);
});

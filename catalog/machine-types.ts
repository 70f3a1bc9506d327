/*
 * Which accelerators fit which machine types on Vertex AI, and in which numbers.
 * Source: Vertex AI documentation, pages "Configure compute resources for training" and "... for inference", and
 * "Use TPUs for online inference", read 2026-08.
 */
import type { Accelerator } from "./accelerators";

/** Accelerator counts that a machine type takes, by accelerator. */
export type AcceleratorCounts = Readonly<Partial<Record<Accelerator, readonly number[]>>>;

/** Machine types that take accelerators in training. */
export const trainingAccelerators: Readonly<Record<string, AcceleratorCounts>> = {
  "n1-standard-4": {
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
    NVIDIA_TESLA_V100: [1, 2, 4, 8],
  },
  "n1-standard-8": {
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
    NVIDIA_TESLA_V100: [1, 2, 4, 8],
  },
  "n1-highmem-2": {
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
    NVIDIA_TESLA_V100: [1, 2, 4, 8],
  },
  "n1-highmem-4": {
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
    NVIDIA_TESLA_V100: [1, 2, 4, 8],
  },
  "n1-highmem-8": {
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
    NVIDIA_TESLA_V100: [1, 2, 4, 8],
  },
  "n1-standard-16": {
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
    NVIDIA_TESLA_V100: [2, 4, 8],
  },
  "n1-highmem-16": {
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
    NVIDIA_TESLA_V100: [2, 4, 8],
  },
  "n1-highcpu-16": {
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
    NVIDIA_TESLA_V100: [2, 4, 8],
  },
  "n1-standard-32": {
    NVIDIA_TESLA_P4: [2, 4],
    NVIDIA_TESLA_P100: [2, 4],
    NVIDIA_TESLA_T4: [2, 4],
    NVIDIA_TESLA_V100: [4, 8],
  },
  "n1-highmem-32": {
    NVIDIA_TESLA_P4: [2, 4],
    NVIDIA_TESLA_P100: [2, 4],
    NVIDIA_TESLA_T4: [2, 4],
    NVIDIA_TESLA_V100: [4, 8],
  },
  "n1-highcpu-32": {
    NVIDIA_TESLA_P4: [2, 4],
    NVIDIA_TESLA_P100: [2, 4],
    NVIDIA_TESLA_T4: [2, 4],
    NVIDIA_TESLA_V100: [4, 8],
  },
  "n1-standard-64": { NVIDIA_TESLA_P4: [4], NVIDIA_TESLA_T4: [4], NVIDIA_TESLA_V100: [8] },
  "n1-standard-96": { NVIDIA_TESLA_P4: [4], NVIDIA_TESLA_T4: [4], NVIDIA_TESLA_V100: [8] },
  "n1-highmem-64": { NVIDIA_TESLA_P4: [4], NVIDIA_TESLA_T4: [4], NVIDIA_TESLA_V100: [8] },
  "n1-highmem-96": { NVIDIA_TESLA_P4: [4], NVIDIA_TESLA_T4: [4], NVIDIA_TESLA_V100: [8] },
  "n1-highcpu-96": { NVIDIA_TESLA_P4: [4], NVIDIA_TESLA_T4: [4], NVIDIA_TESLA_V100: [8] },
  "n1-highcpu-64": { NVIDIA_TESLA_P4: [4], NVIDIA_TESLA_P100: [4], NVIDIA_TESLA_T4: [4], NVIDIA_TESLA_V100: [8] },
  "a2-highgpu-1g": { NVIDIA_TESLA_A100: [1] },
  "a2-highgpu-2g": { NVIDIA_TESLA_A100: [2] },
  "a2-highgpu-4g": { NVIDIA_TESLA_A100: [4] },
  "a2-highgpu-8g": { NVIDIA_TESLA_A100: [8] },
  "a2-megagpu-16g": { NVIDIA_TESLA_A100: [16] },
  "a2-ultragpu-1g": { NVIDIA_A100_80GB: [1] },
  "a2-ultragpu-2g": { NVIDIA_A100_80GB: [2] },
  "a2-ultragpu-4g": { NVIDIA_A100_80GB: [4] },
  "a2-ultragpu-8g": { NVIDIA_A100_80GB: [8] },
  "a3-highgpu-1g": { NVIDIA_H100_80GB: [1] },
  "a3-highgpu-2g": { NVIDIA_H100_80GB: [2] },
  "a3-highgpu-4g": { NVIDIA_H100_80GB: [4] },
  "a3-highgpu-8g": { NVIDIA_H100_80GB: [8] },
  "a3-megagpu-8g": { NVIDIA_H100_MEGA_80GB: [8] },
  "a3-ultragpu-8g": { NVIDIA_H200_141GB: [8] },
  "a4-highgpu-8g": { NVIDIA_B200: [8] },
  "a4x-highgpu-4g": { NVIDIA_GB200: [4] },
  "g2-standard-4": { NVIDIA_L4: [1] },
  "g2-standard-8": { NVIDIA_L4: [1] },
  "g2-standard-12": { NVIDIA_L4: [1] },
  "g2-standard-16": { NVIDIA_L4: [1] },
  "g2-standard-24": { NVIDIA_L4: [2] },
  "g2-standard-32": { NVIDIA_L4: [1] },
  "g2-standard-48": { NVIDIA_L4: [4] },
  "g2-standard-96": { NVIDIA_L4: [8] },
  "g4-standard-48": { NVIDIA_RTX_PRO_6000: [1] },
  "g4-standard-96": { NVIDIA_RTX_PRO_6000: [2] },
  "g4-standard-192": { NVIDIA_RTX_PRO_6000: [4] },
  "g4-standard-384": { NVIDIA_RTX_PRO_6000: [8] },
  "cloud-tpu": { TPU_V2: [8], TPU_V3: [8] },
};

/** TPU machine types of training: they take a topology in place of an accelerator type and count. */
export const trainingTopologies: Readonly<Record<string, { generation: string; topologies: readonly string[] }>> = {
  "ct5lp-hightpu-1t": { generation: "v5e", topologies: ["1x1"] },
  "ct5lp-hightpu-4t": { generation: "v5e", topologies: ["2x2", "2x4", "4x4", "4x8", "8x8", "8x16", "16x16"] },
  "ct5lp-hightpu-8t": { generation: "v5e", topologies: ["2x4"] },
  "ct6e-standard-1t": { generation: "v6e", topologies: ["1x1"] },
  "ct6e-standard-4t": { generation: "v6e", topologies: ["2x2", "2x4", "4x4", "4x8", "8x8", "8x16", "16x16"] },
  "ct6e-standard-8t": { generation: "v6e", topologies: ["2x4"] },
  "tpu7x-standard-4t": {
    generation: "7x",
    topologies: ["2x2x1", "2x2x2", "2x2x4", "2x4x4", "4x4x4", "4x4x8", "4x8x8", "8x8x8", "8x8x16"],
  },
};

/** Machine types that take accelerators in serving. */
export const servingAccelerators: Readonly<Record<string, AcceleratorCounts>> = {
  "n1-standard-2": {
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_V100: [1, 2, 4, 8],
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
  },
  "n1-standard-4": {
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_V100: [1, 2, 4, 8],
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
  },
  "n1-standard-8": {
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_V100: [1, 2, 4, 8],
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
  },
  "n1-standard-16": {
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_V100: [2, 4, 8],
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
  },
  "n1-standard-32": {
    NVIDIA_TESLA_P100: [2, 4],
    NVIDIA_TESLA_V100: [4, 8],
    NVIDIA_TESLA_P4: [2, 4],
    NVIDIA_TESLA_T4: [2, 4],
  },
  "n1-highmem-2": {
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_V100: [1, 2, 4, 8],
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
  },
  "n1-highmem-4": {
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_V100: [1, 2, 4, 8],
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
  },
  "n1-highmem-8": {
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_V100: [1, 2, 4, 8],
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
  },
  "n1-highmem-16": {
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_V100: [2, 4, 8],
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
  },
  "n1-highmem-32": {
    NVIDIA_TESLA_P100: [2, 4],
    NVIDIA_TESLA_V100: [4, 8],
    NVIDIA_TESLA_P4: [2, 4],
    NVIDIA_TESLA_T4: [2, 4],
  },
  "n1-highcpu-2": {
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_V100: [1, 2, 4, 8],
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
  },
  "n1-highcpu-4": {
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_V100: [1, 2, 4, 8],
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
  },
  "n1-highcpu-8": {
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_V100: [1, 2, 4, 8],
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
  },
  "n1-highcpu-16": {
    NVIDIA_TESLA_P100: [1, 2, 4],
    NVIDIA_TESLA_V100: [2, 4, 8],
    NVIDIA_TESLA_P4: [1, 2, 4],
    NVIDIA_TESLA_T4: [1, 2, 4],
  },
  "n1-highcpu-32": {
    NVIDIA_TESLA_P100: [2, 4],
    NVIDIA_TESLA_V100: [4, 8],
    NVIDIA_TESLA_P4: [2, 4],
    NVIDIA_TESLA_T4: [2, 4],
  },
  "a2-highgpu-1g": { NVIDIA_TESLA_A100: [1] },
  "a2-highgpu-2g": { NVIDIA_TESLA_A100: [2] },
  "a2-highgpu-4g": { NVIDIA_TESLA_A100: [4] },
  "a2-highgpu-8g": { NVIDIA_TESLA_A100: [8] },
  "a2-megagpu-16g": { NVIDIA_TESLA_A100: [16] },
  "a2-ultragpu-1g": { NVIDIA_A100_80GB: [1] },
  "a2-ultragpu-2g": { NVIDIA_A100_80GB: [2] },
  "a2-ultragpu-4g": { NVIDIA_A100_80GB: [4] },
  "a2-ultragpu-8g": { NVIDIA_A100_80GB: [8] },
  "a3-highgpu-1g": { NVIDIA_H100_80GB: [1] },
  "a3-highgpu-2g": { NVIDIA_H100_80GB: [2] },
  "a3-highgpu-4g": { NVIDIA_H100_80GB: [4] },
  "a3-highgpu-8g": { NVIDIA_H100_80GB: [8] },
  "a3-megagpu-8g": { NVIDIA_H100_MEGA_80GB: [8] },
  "a3-ultragpu-8g": { NVIDIA_H200_141GB: [8] },
  "a4-highgpu-8g": { NVIDIA_B200: [8] },
  "a4x-highgpu-4g": { NVIDIA_GB200: [4] },
  "g2-standard-4": { NVIDIA_L4: [1] },
  "g2-standard-8": { NVIDIA_L4: [1] },
  "g2-standard-12": { NVIDIA_L4: [1] },
  "g2-standard-16": { NVIDIA_L4: [1] },
  "g2-standard-24": { NVIDIA_L4: [2] },
  "g2-standard-32": { NVIDIA_L4: [1] },
  "g2-standard-48": { NVIDIA_L4: [4] },
  "g2-standard-96": { NVIDIA_L4: [8] },
  "g4-standard-48": { NVIDIA_RTX_PRO_6000: [1] },
  "g4-standard-96": { NVIDIA_RTX_PRO_6000: [2] },
  "g4-standard-192": { NVIDIA_RTX_PRO_6000: [4] },
  "g4-standard-384": { NVIDIA_RTX_PRO_6000: [8] },
  "a3-edgegpu-8g": { NVIDIA_H100_80GB: [8] },
};

/**
 * A TPU machine type of serving: its accelerator follows from it and its replicas do not scale automatically. So says the page on TPUs
 * (read again 2026-11), which leaves the topology out for these machines of one host; Google's page on vLLM containers gives a target of
 * requests a minute for TPUs all the same. The stricter one is taken.
 */
export interface TpuMachine {
  readonly accelerator: Accelerator;
  readonly chips: number;
}

/** TPU machine types of serving; they take no accelerator type or count. */
export const servingTpus: Readonly<Record<string, TpuMachine>> = {
  "ct5lp-hightpu-1t": { accelerator: "TPU_V5_LITEPOD", chips: 1 },
  "ct5lp-hightpu-4t": { accelerator: "TPU_V5_LITEPOD", chips: 4 },
  "ct5lp-hightpu-8t": { accelerator: "TPU_V5_LITEPOD", chips: 8 },
  "ct6e-standard-1t": { accelerator: "TPU_V6E", chips: 1 },
  "ct6e-standard-4t": { accelerator: "TPU_V6E", chips: 4 },
  "ct6e-standard-8t": { accelerator: "TPU_V6E", chips: 8 },
  "tpu7x-standard-4t": { accelerator: "TPU_7X", chips: 4 },
};

/** Machine types of serving without accelerators. The list in the documentation is longer: extend it as needed. */
export const servingCpuMachineTypes = [
  "e2-standard-2",
  "e2-standard-4",
  "e2-standard-8",
  "e2-standard-16",
  "e2-highmem-2",
  "e2-highmem-4",
  "e2-highmem-8",
  "n1-standard-2",
  "n1-standard-4",
  "n1-standard-8",
  "n1-standard-16",
  "n2-standard-2",
  "n2-standard-4",
  "n2-standard-8",
  "n2-standard-16",
] as const;

/** Every machine type that can serve a model. */
export const servingMachineTypes: readonly string[] = [
  ...new Set([...servingCpuMachineTypes, ...Object.keys(servingAccelerators), ...Object.keys(servingTpus)]),
];

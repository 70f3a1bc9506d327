/*
 * Accelerators of Vertex AI and their quotas.
 * Source: enum AcceleratorType of google/cloud/aiplatform/v1/accelerator_type.proto; quota ids as Google's own notebooks
 * build them (vertex-ai-samples, model_garden notebook_util/common_util.py), read 2026-08. `verified: false` marks an id
 * that follows the pattern but was not found written out anywhere.
 */
const quotas = {
  NVIDIA_TESLA_T4: { quotaInfix: "T4GPUs", verified: true },
  NVIDIA_L4: { quotaInfix: "L4GPUs", verified: true },
  NVIDIA_TESLA_V100: { quotaInfix: "V100GPUs", verified: true },
  NVIDIA_TESLA_P100: { quotaInfix: "P100GPUs", verified: true },
  NVIDIA_TESLA_P4: { quotaInfix: "P4GPUs", verified: false },
  NVIDIA_TESLA_A100: { quotaInfix: "A100GPUs", verified: true },
  NVIDIA_A100_80GB: { quotaInfix: "A10080GBGPUs", verified: true },
  NVIDIA_H100_80GB: { quotaInfix: "H100GPUs", verified: true },
  NVIDIA_H100_MEGA_80GB: { quotaInfix: "H100MEGAGPUs", verified: true },
  NVIDIA_H200_141GB: { quotaInfix: "H200GPUs", verified: true },
  NVIDIA_B200: { quotaInfix: "B200GPUs", verified: true },
  NVIDIA_GB200: { quotaInfix: "GB200GPUs", verified: true },
  NVIDIA_RTX_PRO_6000: { quotaInfix: "RTXPRO6000GPUs", verified: true },
  TPU_V2: { quotaInfix: "V2TPUs", verified: false },
  TPU_V3: { quotaInfix: "V3TPUs", verified: true },
  TPU_V5_LITEPOD: { quotaInfix: "V5ETPU", verified: true },
  // The API has no value of AcceleratorType for these generations: their machine types imply them.
  TPU_V6E: { quotaInfix: "V6ETPU", verified: true },
  TPU_7X: { quotaInfix: "7XTPU", verified: true },
} as const;

export type Accelerator = keyof typeof quotas;

/** Google's names of all accelerators the platform knows. */
export const accelerators = Object.keys(quotas) as [Accelerator, ...Accelerator[]];

/** What an accelerator is used for: each use has a quota of its own. */
export type AcceleratorUse = "training" | "serving";

/** Id of the regional Vertex AI quota of an accelerator, as Cloud Quotas knows it. */
export function acceleratorQuotaId(use: AcceleratorUse, accelerator: Accelerator): string {
  const prefix = use === "training" ? "CustomModelTraining" : "CustomModelServing";
  return `${prefix}${quotas[accelerator].quotaInfix}PerProjectPerRegion`;
}

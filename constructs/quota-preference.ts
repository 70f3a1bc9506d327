import { CloudQuotasQuotaPreference } from "@cdktf/provider-google/lib/cloud-quotas-quota-preference";
import { Construct } from "constructs";

import { type Accelerator, acceleratorQuotaId, type AcceleratorUse } from "../catalog/accelerators";
import { requireRange } from "./errors";
import { PlatformStack } from "./platform-stack";

export interface QuotaPreferenceProps {
  readonly use: AcceleratorUse;

  readonly accelerator: Accelerator;

  /** Accelerators that the project asks for in the environment's region; never 0, which the API forgets. */
  readonly preferredValue: number;

  /** Address whose account may change quotas; Google requires it for more quota and writes to it. */
  readonly contactEmail: string;

  /**
   * Refuses to destroy the preference: Google keeps it, and the same one cannot be made again.
   * @default true
   */
  readonly protect?: boolean;
}

/**
 * A request for accelerator quota of Vertex AI. Google decides later: Terraform does not wait for it. Its service, quota and
 * region can never change, so they are part of its name.
 */
export class QuotaPreference extends Construct {
  constructor(scope: Construct, id: string, props: QuotaPreferenceProps) {
    super(scope, id);
    const { projectNumber, region } = PlatformStack.of(this).environment;
    const { use, accelerator, preferredValue, protect = true } = props;
    requireRange(this, "preferredValue", preferredValue, 1, 1_000_000);

    new CloudQuotasQuotaPreference(this, "Resource", {
      parent: `projects/${projectNumber}`,
      name: `aiplatform-${use}-${accelerator.toLowerCase().replace(/_/g, "-")}-${region}`,
      service: "aiplatform.googleapis.com",
      quotaId: acceleratorQuotaId(use, accelerator),
      dimensions: { region },
      quotaConfig: { preferredValue: `${preferredValue}` },
      contactEmail: props.contactEmail,
      justification: `Accelerators for ${use} of machine learning models`,
      ...(protect && { lifecycle: { preventDestroy: true } }),
    });
  }
}

import type { Construct } from "constructs";

import type { Accelerator, AcceleratorUse } from "../catalog/accelerators";
import { QuotaPreference } from "../constructs/quota-preference";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";

const uses: readonly AcceleratorUse[] = ["training", "serving"];

/** The accelerator quota that an environment asks Google for. A stack of its own, since it outlives all others. */
export class QuotasStack extends EnvironmentStack {
  constructor(scope: Construct, props: EnvironmentStackProps) {
    super(scope, "quotas", props);
    const { quotas, contactEmail } = props.environment;

    for (const use of uses) {
      for (const [accelerator, preferredValue] of Object.entries(quotas[use]) as [Accelerator, number][]) {
        new QuotaPreference(this, `${use}-${accelerator}`, {
          use,
          accelerator,
          preferredValue,
          contactEmail,
          protect: quotas.protected,
        });
      }
    }
  }
}

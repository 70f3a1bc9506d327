import type { PlatformConfig } from "../../config/platform";
import { batchSchema } from "../../config/schema/batch";
import { repositoryPlatform } from "./platform";

/** The sandbox's platform with what this repository's environments leave out. */
export function everything(): PlatformConfig {
  const platform = structuredClone(repositoryPlatform());
  for (const { serving } of Object.values(platform.teams)) {
    for (const model of Object.values(serving.models)) {
      model.batch ??= batchSchema.parse({
        schedule: "0 5 1 * *",
        timeZone: "Europe/Amsterdam",
        period: "month",
        input: "churn_raw.customers",
      });
    }
  }
  return platform;
}

import { type Arguments, isUnknown, listOf, numberOf, show, valuesAt } from "../arguments";
import { anyOf, apart, exactlyOne, must, valuePolicy, within } from "../checks";
import { each, oneOf, something } from "../expected";

const percentages = [
  "serial_pipeline.stages.strategy.canary.canary_deployment.percentages",
  "serial_pipeline.stages.strategy.canary.custom_canary_deployment.phase_configs.percentage",
];

export const cloudDeploy = valuePolicy({
  id: "clouddeploy/arguments",
  why: "The provider plans pipelines and targets that lead nowhere; the API refuses them (clouddeploy v1: DeliveryPipeline, Target, CustomTargetType).",
  checks: {
    google_clouddeploy_delivery_pipeline: [
      anyOf("serial_pipeline.stages"),
      within("serial_pipeline.stages.strategy", apart("standard", "canary")),
      within("serial_pipeline.stages.strategy.canary.canary_deployment", anyOf("percentages")),
      (args) => percentages.flatMap((path) => wrongPercentages(args, path)),
    ],
    google_clouddeploy_target: [
      exactlyOne("run", "gke", "anthos_cluster", "multi_target", "custom_target"),
      must({ "execution_configs.usages": each(oneOf("RENDER", "DEPLOY", "VERIFY", "PREDEPLOY", "POSTDEPLOY")) }),
    ],
    google_clouddeploy_custom_target_type: [
      anyOf("custom_actions"),
      within("custom_actions", must({ deploy_action: something })),
    ],
  },
});

/** Shares of a canary grow, and the last stage of 100 is implied; custom phases end with it. */
function wrongPercentages(args: Arguments, path: string): string[] {
  const shares = valuesAt(args, path).flatMap(listOf);
  const numbers = shares.map((share) => numberOf(share) ?? NaN);
  const most = path.endsWith("percentage") ? 100 : 99;
  const grows = numbers.every((share, index) => share >= 0 && share <= most && share > (numbers[index - 1] ?? -1));
  return grows || shares.some(isUnknown) ? [] : [`'${path}' must grow from 0 to at most ${most}, got ${show(shares)}`];
}

import { Construct } from "constructs";

import { endedExecutions, failedBatches } from "../catalog/metrics";
import { Alert } from "../constructs/alert";
import { AlertCondition } from "../constructs/alert-condition";
import type { INotificationChannel } from "../constructs/notification-channel";
import { PlatformStack } from "../constructs/platform-stack";
import { resourceName } from "./naming";
import { servingNames } from "./serving-names";
import type { TeamStackProps } from "./team-stack";

/** Tells when a period stays without batch predictions: its job failed or was never started, or the workflow broke off. */
export function watchBatches(stack: Construct, { teamName, team }: TeamStackProps, notify: INotificationChannel): void {
  const models = Object.keys(team.serving.models).filter((name) => team.serving.models[name]!.batch !== undefined);
  const { batchWorkflow, batchSchedule } = servingNames(PlatformStack.of(stack).environment, teamName);
  for (const model of models) {
    new Alert(new Construct(stack, `Batch-${model}`), "Failed", {
      displayName: `${resourceName(teamName, model)}: a period has no batch predictions`,
      severity: "ERROR",
      conditions: [
        AlertCondition.logged({
          displayName: "the job failed, or the schedule could not start it",
          filter: failedBatches(batchWorkflow, batchSchedule(model), model),
        }),
      ],
      documentation: `The log entry says why. Mend it, then run \`${batchWorkflow}\` with \`{"model": "${model}", "period": "<period>", "retry": true}\`.`,
      notify,
    });
  }
  if (models.length > 0) {
    new Alert(new Construct(stack, "Batches"), "Broken", {
      displayName: `${batchWorkflow}: an execution broke off`,
      severity: "ERROR",
      conditions: (["FAILED", "CANCELLED"] as const).map((status) =>
        AlertCondition.above({
          displayName: `an execution is ${status.toLowerCase()}`,
          filter: endedExecutions(batchWorkflow, status),
          above: 0,
          forSeconds: 0,
          aligner: "ALIGN_DELTA",
          reducer: "REDUCE_SUM",
        }),
      ),
      documentation: `The period may have no predictions, and its job may go on without the workflow. Run \`${batchWorkflow}\` again with the same model and period: it finds the job, or makes it.`,
      notify,
    });
  }
}

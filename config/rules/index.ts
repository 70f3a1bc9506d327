import { acceleratorFitsMachine } from "./accelerator-fits-machine";
import { autoscalingTargets } from "./autoscaling-targets";
import { bucketNamesDiffer } from "./bucket-names-differ";
import { demandWithinQuota } from "./demand-within-quota";
import { experimentGroups } from "./experiment-groups";
import { jobParametersKnown } from "./job-parameters-known";
import { jobStreamExists } from "./job-stream-exists";
import { explanations } from "./explanations";
import { labelsFit } from "./labels-fit";
import { locationInJurisdiction } from "./location-in-jurisdiction";
import { minimumBelowMaximum } from "./minimum-below-maximum";
import { pipelineAccelerators } from "./pipeline-accelerators";
import { pipelineImages } from "./pipeline-images";
import { pipelineParameters } from "./pipeline-parameters";
import { pipelineSpecification } from "./pipeline-specification";
import { predictionStream } from "./prediction-stream";
import { privateServiceConnect } from "./private-service-connect";
import { projectsDiffer } from "./projects-differ";
import { rolloutStagesGrow } from "./rollout-stages-grow";
import type { Rule } from "./rule";
import { serviceSize } from "./service-size";
import { serviceTraffic } from "./service-traffic";
import { streamSchema } from "./stream-schema";
import { teamMembership } from "./team-membership";
import { topicNames } from "./topic-names";
import { workloadNames } from "./workload-names";

/** All rules; their order does not matter, problems are sorted by place. */
export const rules: readonly Rule[] = [
  acceleratorFitsMachine,
  autoscalingTargets,
  bucketNamesDiffer,
  demandWithinQuota,
  experimentGroups,
  jobParametersKnown,
  jobStreamExists,
  explanations,
  labelsFit,
  locationInJurisdiction,
  minimumBelowMaximum,
  pipelineAccelerators,
  pipelineImages,
  pipelineParameters,
  pipelineSpecification,
  predictionStream,
  privateServiceConnect,
  projectsDiffer,
  rolloutStagesGrow,
  serviceSize,
  serviceTraffic,
  streamSchema,
  teamMembership,
  topicNames,
  workloadNames,
];

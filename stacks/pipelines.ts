import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";

import { Bucket } from "../constructs/bucket";
import { Dataset } from "../constructs/dataset";
import type { Environment } from "../constructs/platform-stack";
import { Repository } from "../constructs/repository";
import { type PipelineSpecification, ScheduledPipeline } from "../constructs/scheduled-pipeline";
import { ServiceAccount } from "../constructs/service-account";
import { Tensorboard } from "../constructs/tensorboard";
import { foundationNames, platformKey } from "./foundation";
import { ingestionNames } from "./ingestion";
import { bucketName, resourceName } from "./naming";
import { TeamStack, type TeamStackProps } from "./team-stack";

/** What other stacks may refer to. */
export function pipelinesNames({ project }: Environment, team: string) {
  return {
    rootBucket: bucketName(project, team, "pipelines"),
    pipeline: (pipeline: string) => resourceName(team, pipeline),
    /** Account id of the identity that a pipeline's steps run as. */
    runner: (pipeline: string) => resourceName(team, pipeline),
    scheduler: resourceName(team, "scheduler"),
  };
}

/** How a team's models are trained: Vertex AI pipelines on a schedule, with TensorBoard beside them. */
export class PipelinesStack extends TeamStack {
  constructor(scope: Construct, props: TeamStackProps) {
    super(scope, "pipelines", props);
    const { environment, teamName, team } = props;
    const { project, region } = environment;
    const names = pipelinesNames(environment, teamName);
    const ingestion = ingestionNames(environment, teamName);

    const root = new Bucket(this, "Root", {
      bucketName: names.rootBucket,
      encryptionKey: platformKey(this, "storage"),
      deleteAfterDays: 365,
    });
    const tensorboard = new Tensorboard(this, "Tensorboard", {
      displayName: teamName,
      description: `Experiments of team ${teamName}`,
      encryptionKey: platformKey(this, "vertex-ai"),
    });
    new TerraformOutput(this, "TensorboardName", {
      value: tensorboard.tensorboardName,
      description: "TensorBoard to log experiments to",
    });
    const scheduler = new ServiceAccount(this, "Scheduler", {
      accountId: names.scheduler,
      description: `Starts the pipelines of team ${teamName}`,
    });
    const mayStart = scheduler.grantOnProject("roles/aiplatform.user");

    const raw = Dataset.fromName(this, "Raw", ingestion.rawDataset);
    const landing = Bucket.fromName(this, "Landing", ingestion.landingBucket);
    const images = Repository.fromName(this, "Images", foundationNames.images);
    const archive =
      Object.keys(team.ingestion.jobs).length > 0
        ? Bucket.fromName(this, "Archive", ingestion.archiveBucket)
        : undefined;

    for (const [name, pipeline] of Object.entries(team.pipelines)) {
      const pipelineScope = new Construct(this, `Pipeline-${name}`);
      const runner = new ServiceAccount(pipelineScope, "Runner", {
        accountId: names.runner(name),
        description: `Steps of the pipeline ${names.pipeline(name)}`,
      });
      const grants = [
        mayStart,
        runner.grantOnProject("roles/aiplatform.user"),
        runner.grantOnProject("roles/bigquery.jobUser"),
        runner.grantActAs(runner),
        root.grantWrite(runner),
        raw.grantRead(runner),
        landing.grantRead(runner),
        images.grantRead(runner),
        ...(archive ? [archive.grantRead(runner)] : []),
      ];

      new ScheduledPipeline(pipelineScope, "Schedule", {
        pipelineName: names.pipeline(name),
        specification: pipeline.specification.content as PipelineSpecification,
        parameters: pipeline.parameters,
        images: Object.fromEntries(
          Object.entries(pipeline.images).map(([executor, image]) => [
            executor,
            `${region}-docker.pkg.dev/${project}/${foundationNames.images}/${image}`,
          ]),
        ),
        schedule: pipeline.schedule,
        timeZone: pipeline.timeZone,
        paused: pipeline.paused,
        runner,
        scheduler,
        root,
        encryptionKey: platformKey(this, "vertex-ai"),
        grants,
      });
    }
  }
}

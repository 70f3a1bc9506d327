/*
 * Streaming templates that Google provides for Dataflow and that read a Pub/Sub subscription.
 * Source: READMEs of GoogleCloudPlatform/DataflowTemplates, read 2026-08.
 */

/** What a template writes to a bucket. Into tables, BigQuery subscriptions write without a job. */
export type DataflowSink = "avro-files" | "text-files";

export interface DataflowTemplate {
  readonly sink: DataflowSink;
  /** Parameters a user may set; those the blueprint sets itself are not among them. */
  readonly parameters: readonly string[];
}

export const dataflowTemplates = {
  Cloud_PubSub_to_Avro_Flex: {
    sink: "avro-files",
    parameters: [
      "windowDuration",
      "numShards",
      "outputFilenamePrefix",
      "outputFilenameSuffix",
      "yearPattern",
      "monthPattern",
      "dayPattern",
      "hourPattern",
      "minutePattern",
    ],
  },
  Cloud_PubSub_to_GCS_Text_Flex: {
    sink: "text-files",
    parameters: [
      "windowDuration",
      "numShards",
      "outputFilenameSuffix",
      "yearPattern",
      "monthPattern",
      "dayPattern",
      "hourPattern",
      "minutePattern",
    ],
  },
} satisfies Record<string, DataflowTemplate>;

/** The template that runs Beam YAML. */
export const beamYamlTemplate = "Yaml_Template";

export type DataflowTemplateName = keyof typeof dataflowTemplates;

/**
 * Path of a flex template in Google's public bucket of a region. `latest` moves when Google releases; Terraform shows no
 * difference then, a job keeps the version it was started with.
 */
export function flexTemplatePath(region: string, name: DataflowTemplateName | typeof beamYamlTemplate): string {
  return `gs://dataflow-templates-${region}/latest/flex/${name}`;
}

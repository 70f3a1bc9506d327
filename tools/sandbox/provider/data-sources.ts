import type { CloudView } from "../cloud";
import { ProviderError } from "../protocol/diagnostic";
import type { ProjectNumbers } from "../project";
import type { Block } from "../schema/schema";
import { kinds } from "../types/kind-of";
import { serviceAgent } from "../types/foundation";
import { shape } from "../values/shape";
import { text, type Value, type ValueObject } from "../values/value";
import type { Configuration } from "./configuration";
import { identify, projectOf } from "./identity";

interface DataContext {
  readonly cloud: CloudView;
  readonly numbers: ProjectNumbers;
  readonly configuration: Configuration;
}

type Answer = (config: ValueObject, project: string, projectNumber: string) => Record<string, Value>;

const answers: Readonly<Record<string, Answer>> = {
  google_project: (config, own, ownNumber) => {
    const project = text(config, "project_id") ?? own;
    return {
      id: `projects/${project}`,
      project_id: project,
      name: project,
      number: ownNumber,
      auto_create_network: false,
    };
  },
  google_storage_project_service_account: (_, project, number) => {
    const email = serviceAgent("storage.googleapis.com", number);
    return { id: email, project, email_address: email, member: `serviceAccount:${email}` };
  },
  google_bigquery_default_service_account: (_, project, number) => {
    const email = serviceAgent("bigquery.googleapis.com", number);
    return { id: `projects/${project}`, project, email, member: `serviceAccount:${email}` };
  },
  google_logging_project_settings: (_, project, number) => ({
    id: `projects/${project}/settings`,
    name: `projects/${project}/settings`,
    project,
    kms_service_account_id: `cmek-p${number}@gcp-sa-logging.iam.gserviceaccount.com`,
    logging_service_account_id: `service-${number}@gcp-sa-logging.iam.gserviceaccount.com`,
    disable_default_sink: false,
    kms_key_name: "",
    storage_location: "",
  }),
  google_cloud_quotas_quota_info: (config) => {
    const service = text(config, "service") ?? "";
    const quota = text(config, "quota_id") ?? "";
    const id = `${text(config, "parent") ?? ""}/locations/global/services/${service}/quotaInfos/${quota}`;
    return {
      id,
      name: id,
      container_type: "PROJECT",
      dimensions: ["region"],
      dimensions_infos: [{ applicable_locations: [], details: [{ value: "0" }], dimensions: {} }],
      is_fixed: false,
      is_precise: false,
      metric: `${service}/${quota}`,
      metric_display_name: quota,
      metric_unit: "1",
      quota_display_name: quota,
      quota_increase_eligibility: [{ is_eligible: true, ineligibility_reason: "INELIGIBILITY_REASON_UNSPECIFIED" }],
      refresh_interval: "",
      service_request_quota_uri: "",
    };
  },
};

/** Reads a data source: facts of the project, or a resource of the same type that exists in the sandbox. */
export function readData(type: string, block: Block, config: ValueObject, context: DataContext): ValueObject {
  const { cloud, numbers, configuration } = context;
  const asked = text(config, "project_id") ?? projectOf(type, config, configuration, numbers);
  const project = asked === undefined ? undefined : numbers.idOf(asked);
  const answer = answers[type];
  if (answer && project !== undefined) {
    return shape(block, { ...config, ...answer(config, project, numbers.of(project)) });
  }
  if (kinds[type]) {
    const { id } = identify(type, config, configuration, numbers, () => false);
    const resource = cloud.get(type, id);
    if (resource) {
      return shape(block, { ...resource.values, id });
    }
    throw new ProviderError([
      {
        summary: `googleapi: Error 404: ${type} '${id}' was not found.`,
        detail: "Apply the stack that makes it first.",
      },
    ]);
  }
  throw new ProviderError([
    {
      summary: `The sandbox cannot answer the data source '${type}'`,
      detail: `It answers ${Object.keys(answers).join(", ")}, and those named like a resource type that it knows.`,
    },
  ]);
}

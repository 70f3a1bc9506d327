import { text, type ValueObject } from "../../values/value";
import { timestamp } from "../context";
import type { DeployedModel } from "./deployed-model";

/**
 * A deployed model as the provider's schema lists it, and whether it is on Spot machines: the schema leaves that out, and so does what
 * Terraform reads, but their quota is another.
 */
export function toTerraform(model: DeployedModel): ValueObject & { readonly dedicated_resources: ValueObject[] } {
  const { dedicatedResources: dedicated, automaticResources: automatic } = model;
  const replicas = (resources: { minReplicaCount: number; maxReplicaCount: number }) => ({
    min_replica_count: resources.minReplicaCount,
    max_replica_count: resources.maxReplicaCount,
  });
  return {
    id: model.id,
    model: model.model,
    model_version_id: model.modelVersionId,
    display_name: model.displayName,
    create_time: model.createTime,
    service_account: model.serviceAccount ?? "",
    shared_resources: model.sharedResources ?? "",
    enable_access_logging: model.enableAccessLogging ?? false,
    enable_container_logging: model.disableContainerLogging !== true,
    private_endpoints: model.privateEndpoints ? [{ service_attachment: model.privateEndpoints.serviceAttachment }] : [],
    automatic_resources: automatic ? [replicas(automatic)] : [],
    dedicated_resources: dedicated
      ? [
          {
            ...replicas(dedicated),
            ...(dedicated.spot === true && { spot: true }),
            machine_spec: [
              {
                machine_type: dedicated.machineSpec.machineType ?? "",
                accelerator_type: dedicated.machineSpec.acceleratorType ?? "",
                accelerator_count: dedicated.machineSpec.acceleratorCount ?? 0,
              },
            ],
            autoscaling_metric_specs: (dedicated.autoscalingMetricSpecs ?? []).map(({ metricName, target }) => ({
              metric_name: metricName,
              target: target ?? 60,
            })),
          },
        ]
      : [],
  };
}

/** A deployed model that someone wrote into the sandbox's cloud by hand. */
export function fromTerraform(values: ValueObject): DeployedModel {
  return {
    id: text(values, "id") ?? "",
    model: text(values, "model") ?? "",
    modelVersionId: text(values, "model_version_id") ?? "1",
    displayName: text(values, "display_name") ?? "",
    createTime: text(values, "create_time") ?? timestamp(0),
  };
}

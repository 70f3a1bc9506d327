// Writes a plan's JSON of many changes, about 16 KB each as the provider's are. Arguments: changes, file.
import { closeSync, openSync, writeSync } from "node:fs";

type Json = Readonly<Record<string, unknown>>;

/** A service of Cloud Run: many arguments, two thirds of them empty, and environment variables of which one is a secret. */
function service(index: number, version: string): Json {
  return {
    annotations: null,
    client: "",
    custom_audiences: [],
    deletion_protection: true,
    description: `Serves model ${index} of the team`,
    effective_labels: { env: "prod", team: "churn", index: String(index), version },
    ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
    labels: { team: "churn", index: String(index), version },
    launch_stage: "GA",
    location: "europe-west4",
    name: `serve-${index}`,
    project: "acme-ml-prod",
    template: [
      {
        containers: Array.from({ length: 3 }, (_, container) => ({
          args: [`--port=${8080 + container}`, "--log-format=json", `--model=gs://acme-ml-models/${index}/${version}`],
          command: null,
          depends_on: [],
          env: Array.from({ length: 8 }, (__, variable) => ({
            name: `SETTING_${variable}`,
            value: variable === 7 ? `token-${index}-${container}-of-the-service` : `value-${variable}-of-${container}`,
            value_source: [],
          })),
          image: `europe-west4-docker.pkg.dev/acme-ml-prod/models/serve-${container}:${version}`,
          liveness_probe: [],
          name: `container-${container}`,
          ports: [{ container_port: 8080 + container, name: "http1" }],
          resources: [{ cpu_idle: true, limits: { cpu: "4", memory: "16Gi" }, startup_cpu_boost: false }],
          startup_probe: [{ failure_threshold: 3, initial_delay_seconds: 10, period_seconds: 10, timeout_seconds: 5 }],
          volume_mounts: [],
          working_dir: null,
        })),
        encryption_key: "projects/acme-ml-prod/locations/europe-west4/keyRings/platform/cryptoKeys/serving",
        max_instance_request_concurrency: 80,
        scaling: [{ max_instance_count: 20, min_instance_count: 1 }],
        service_account: "serving@acme-ml-prod.iam.gserviceaccount.com",
        timeout: "300s",
        volumes: [],
        vpc_access: [{ connector: null, egress: "PRIVATE_RANGES_ONLY", network_interfaces: [] }],
      },
    ],
    timeouts: null,
    traffic: [{ percent: 100, revision: null, tag: null, type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST" }],
  };
}

const computed = { uid: true, uri: true, generation: true, etag: true, create_time: true };
const marks = (mark: boolean) => ({
  template: [
    {
      containers: Array.from({ length: 3 }, () => ({
        env: Array.from({ length: 8 }, (_, at) => (at === 7 && mark ? { value: true } : {})),
      })),
    },
  ],
});
const kinds = [["create"], ["update"], ["update"], ["update"], ["no-op"], ["no-op"], ["delete"], ["delete", "create"]];

function entries(index: number): { change: Json; planned: Json; prior: Json } {
  const actions = kinds[index % kinds.length]!;
  const name = `serve_${index}`;
  const type = "google_cloud_run_v2_service";
  const identity = {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/hashicorp/google",
  };
  const [old, next] = [service(index, "v1"), service(index, actions[0] === "no-op" ? "v1" : "v2")];
  const isNew = actions[0] === "create";
  const isGone = actions.length === 1 && actions[0] === "delete";
  return {
    change: {
      ...identity,
      change: {
        actions,
        before: isNew ? null : old,
        after: isGone ? null : next,
        after_unknown: isGone || actions[0] === "no-op" ? {} : computed,
        before_sensitive: isNew ? false : marks(true),
        after_sensitive: isGone ? false : marks(true),
        ...(actions.length === 2 && { replace_paths: [["name"]] }),
      },
      ...(actions.length === 2 && { action_reason: "replace_because_cannot_update" }),
    },
    planned: { ...identity, schema_version: 1, values: next, sensitive_values: marks(true) },
    prior: { ...identity, schema_version: 1, values: old, sensitive_values: marks(true) },
  };
}

const [count, file] = process.argv.slice(2);
const numbers = Array.from({ length: Number(count) }, (_, index) => index);
const out = openSync(file!, "w");
const list = (pick: "change" | "planned" | "prior") => {
  numbers.forEach((index) => writeSync(out, `${index === 0 ? "" : ","}${JSON.stringify(entries(index)[pick])}`));
};
writeSync(out, '{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{"resources":[');
list("planned");
writeSync(out, ']}},"resource_changes":[');
list("change");
writeSync(out, '],"prior_state":{"format_version":"1.0","values":{"root_module":{"resources":[');
list("prior");
writeSync(out, ']}}},"configuration":{"root_module":{}},"applyable":true,"complete":true,"errored":false}');
closeSync(out);

import { type Arguments, blocks, isUnknown, numberOf, show, valueAt, textOf } from "../arguments";
import { anyOf, apart, type Check, is, must, never, ordered, valuePolicy, where, within } from "../checks";
import { between, type Expected, keys, matches, required, something } from "../expected";

const cpu: Expected = {
  text: '1, 2, 4, 6 or 8 processors, or less than one, such as "0.5" or "500m"',
  accepts: (value) => /^(?:[12468]|[12468]000m|0?\.\d+|0\.\d+|[1-9]\d{1,2}m)$/.test(textOf(value)),
};
const memory = matches(/^\d+(?:\.\d+)?(?:[kKMGT]i?)?$/, 'an amount of memory, such as "512Mi"');
const annotations = keys(
  matches(
    /^(?!(?:[\w.-]+\.)?(?:run|cloud|autoscaling|serving)\.(?:googleapis|knative)\.(?:com|dev)\/)/,
    "names of your own: those of Google are arguments",
  ),
);

/** Where a service or a job has its containers. */
const containers = (template: string): Check[] => [
  anyOf(`${template}.containers`),
  must({
    [`${template}.annotations`]: annotations,
    [`${template}.containers.resources.limits.cpu`]: cpu,
    [`${template}.containers.resources.limits.memory`]: memory,
  }),
  within(`${template}.containers.env`, apart("value", "value_source")),
  within(`${template}.vpc_access`, apart("connector", "network_interfaces")),
];

export const run = valuePolicy({
  id: "run/arguments",
  why: "The provider plans services that no revision can serve; the API refuses them (run v2: Service, RevisionTemplate, TrafficTarget).",
  checks: {
    google_cloud_run_v2_service: [
      ...containers("template"),
      must({
        annotations,
        "traffic.percent": between(0, 100),
        "template.scaling.min_instance_count": between(0, 5000),
        "template.scaling.max_instance_count": between(0, 5000),
        "template.max_instance_request_concurrency": between(0, 1000),
      }),
      within(
        "traffic",
        where(is("type", "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"), must({ revision: something })),
        where(is("type", "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"), never("revision", "the target is the latest one")),
      ),
      where(limited, ordered("template.scaling.min_instance_count", "template.scaling.max_instance_count")),
      within(
        "scaling",
        where(
          ({ max_instance_count: max }) => (numberOf(max) ?? 0) > 0,
          ordered("min_instance_count", "max_instance_count"),
        ),
        where(is("scaling_mode", "MANUAL"), must({ manual_instance_count: required(between(0, 5000)) })),
      ),
      revisionOfService,
    ],
    google_cloud_run_v2_job: [
      ...containers("template.template"),
      must({ annotations, "template.annotations": annotations }),
    ],
  },
});

/** A maximum of 0 is how plans write the default. */
function limited(args: Arguments): boolean {
  return (numberOf(valueAt(args, "template.scaling.max_instance_count")) ?? 0) > 0;
}

function revisionOfService(args: Arguments): readonly string[] {
  const { name } = args;
  const revisions = blocks(args["template"]).map(({ revision }) => revision);
  return typeof name === "string" && !isUnknown(name)
    ? revisions
        .filter((revision) => typeof revision === "string" && revision !== "" && !isUnknown(revision))
        .filter((revision) => !textOf(revision).startsWith(`${name}-`))
        .map(
          (revision) =>
            `'template.revision' must begin with the service's name, such as "${name}-v1", got ${show(revision)}`,
        )
    : [];
}

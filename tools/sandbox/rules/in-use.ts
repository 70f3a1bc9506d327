import { lastSegment } from "../types/template";
import { nounOf } from "./apis";
import { references, referencesOf } from "./references";
import { type Change, failure, type Rule } from "./rule";

/** Types that are not deleted while others stand on them, with the argument that deletes them nevertheless. */
const held: Readonly<Record<string, { readonly by: readonly string[]; readonly unless?: string }>> = {
  google_compute_network: {
    by: ["google_compute_subnetwork", "google_compute_firewall", "google_compute_route", "google_compute_router"],
  },
  google_compute_subnetwork: {
    by: ["google_compute_router_nat", "google_cloud_run_v2_service", "google_dataflow_flex_template_job"],
  },
  google_dns_managed_zone: { by: ["google_dns_record_set"], unless: "force_destroy" },
  google_monitoring_notification_channel: { by: ["google_monitoring_alert_policy"], unless: "force_delete" },
};

export const inUse: Rule = {
  id: "in-use",
  why: "Networks, subnets, zones with records and notification channels stay as long as another resource names them.",
  source:
    "https://cloud.google.com/vpc/docs/create-modify-vpc-networks#deleting_a_network, " +
    "https://github.com/hashicorp/terraform-provider-google/issues/10337",
  wording: "in part our own",
  check: (change, { cloud }) => {
    const { by = [], unless } = (change.action === "delete" && held[change.type]) || {};
    if (unless !== undefined && change.args[unless] === true) {
      return undefined;
    }
    const user = by
      .filter((type) => references[type] !== undefined)
      .flatMap((type) => cloud.list(type))
      .find(({ type, values }) =>
        referencesOf(type, values, String(values["project"] ?? change.project)).some(
          (reference) => reference.type === change.type && reference.id === change.id,
        ),
      );
    return user && { error: refusal(change, user.id), remedy: `Delete the ${user.type} '${user.id}' first.` };
  },
};

function refusal(change: Change, user: string): string {
  switch (change.type) {
    case "google_dns_managed_zone":
      return failure(
        change,
        `400: The resource named '${lastSegment(change.id)}' cannot be deleted because it contains one or more 'resource record sets'., containerNotEmpty`,
      );
    case "google_monitoring_notification_channel":
      return `Error when reading or editing NotificationChannel: googleapi: Error 400: Could not delete "${change.id}" because it is still being referenced by: "${user}"`;
    default: {
      const noun = nounOf(change.type);
      return `Error waiting for Deleting ${noun}: The ${noun.toLowerCase()} resource '${change.id}' is already being used by '${user}'`;
    }
  }
}

import { isOutside } from "../../../tools/review/rules/exposure/ranges";
import { replaced, testRule } from "../support/planned";

test.each([
  ["10.1.0.0/16", ["10.0.0.0/8"], false],
  ["10.0.0.0/8", ["10.1.0.0/16"], true],
  ["0.0.0.0/0", ["10.0.0.0/8"], true],
  ["203.0.113.7", ["203.0.113.0/24"], false],
  ["192.0.2.1/32", [], true],
  ["2001:db8::/32", ["::/0"], false],
  ["2001:db8::/32", ["2001:db8::/32"], false],
  ["::/0", ["0.0.0.0/0"], true],
  ["nonsense", ["10.0.0.0/8"], true],
])("%s is outside of %j: %s", (range, others, expected) => {
  expect(isOutside(range, others)).toBe(expected);
});

testRule(
  "exposure/service",
  [
    [
      "google_cloud_run_v2_service",
      { ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" },
      { ingress: "INGRESS_TRAFFIC_ALL" },
      `high: 'ingress' changes from "INGRESS_TRAFFIC_INTERNAL_ONLY" to "INGRESS_TRAFFIC_ALL"`,
    ],
    [
      "google_cloud_run_v2_service",
      { invoker_iam_disabled: false },
      { invoker_iam_disabled: true },
      "critical: 'invoker_iam_disabled' changes from false to true",
    ],
    [
      "google_cloud_run_service",
      { metadata: [{ annotations: { "run.googleapis.com/ingress": "internal" } }] },
      { metadata: [{ annotations: { "run.googleapis.com/ingress": "all" } }] },
      `high: 'metadata.annotations.run.googleapis.com/ingress' changes from "internal" to "all"`,
    ],
    [
      "google_cloud_run_service",
      { metadata: [{ annotations: { "run.googleapis.com/ingress": "internal" } }] },
      { metadata: [{ annotations: {} }] },
      `high: 'metadata.annotations.run.googleapis.com/ingress' changes from "internal" to nothing`,
    ],
  ],
  [
    ["google_cloud_run_service", { metadata: [{ annotations: { a: "b" } }] }, { metadata: [{ annotations: {} }] }],
    [
      "google_cloud_run_v2_service",
      { ingress: "INGRESS_TRAFFIC_ALL" },
      { ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" },
    ],
  ],
);

const tcp = { protocol: "tcp", ports: ["443"] };
const rule = { direction: "INGRESS", allow: [tcp], deny: [], source_ranges: ["10.0.0.0/8"], disabled: false };

const policyRule = (action: string, sources: readonly string[], ports: readonly string[] = ["443"]) => ({
  ...{ action, direction: "INGRESS", disabled: false },
  match: [{ src_ip_ranges: sources, layer4_configs: [{ ip_protocol: "tcp", ports }] }],
});

testRule(
  "exposure/firewall",
  [
    [
      "google_compute_firewall",
      rule,
      { ...rule, source_ranges: ["10.0.0.0/8", "0.0.0.0/0"] },
      'critical: a rule lets ["0.0.0.0/0"] through that it did not before',
    ],
    [
      "google_compute_firewall",
      rule,
      { ...rule, source_ranges: ["0.0.0.0/1"] },
      'high: a rule lets ["0.0.0.0/1"] through that it did not before',
    ],
    [
      "google_compute_firewall",
      { ...rule, source_ranges: ["::/0"], disabled: true },
      { ...rule, source_ranges: ["::/0"] },
      'critical: a rule lets ["::/0"] through that it did not before',
    ],
    [
      "google_compute_firewall",
      rule,
      { ...rule, allow: [tcp, { protocol: "tcp", ports: ["22"] }] },
      "high: a rule lets through to more ports, or from or to more machines",
    ],
    [
      "google_compute_firewall",
      { ...rule, source_tags: ["worker"] },
      { ...rule, source_tags: [] },
      "high: a rule lets through to more ports, or from or to more machines",
    ],
    [
      "google_compute_firewall",
      { ...rule, allow: [], deny: [{ protocol: "all" }] },
      null,
      "high: a rule that denies is gone, or does not act any longer",
    ],
    [
      "google_compute_network_firewall_policy_rule",
      policyRule("allow", ["10.0.0.0/8"]),
      policyRule("allow", ["10.0.0.0/8", "0.0.0.0/0"]),
      'critical: a rule lets ["0.0.0.0/0"] through that it did not before',
    ],
    [
      "google_compute_region_network_firewall_policy_rule",
      policyRule("deny", ["0.0.0.0/0"]),
      policyRule("goto_next", ["0.0.0.0/0"]),
      "high: a rule that denies is gone, or does not act any longer",
    ],
    [
      "google_compute_firewall_policy_rule",
      policyRule("allow", ["10.0.0.0/8"], ["443"]),
      policyRule("allow", ["10.0.0.0/8"], []),
      "high: a rule lets through to more ports, or from or to more machines",
    ],
    [
      "google_compute_network_firewall_policy_with_rules",
      { rule: [{ priority: 10, ...policyRule("deny", ["0.0.0.0/0"]) }] },
      {
        rule: [
          { priority: 10, ...policyRule("deny", ["0.0.0.0/0"]) },
          { priority: 5, ...policyRule("allow", ["::/0"]) },
        ],
      },
      'critical: a rule lets ["::/0"] through that it did not before',
    ],
  ],
  [
    [
      "google_compute_network_firewall_policy_rule",
      policyRule("allow", ["10.0.0.0/8"]),
      policyRule("allow", ["10.1.0.0/16"]),
    ],
    [
      "google_compute_network_firewall_policy_rule",
      policyRule("allow", ["10.0.0.0/8"]),
      policyRule("deny", ["0.0.0.0/0"]),
    ],
    ["google_compute_firewall", rule, { ...rule, source_ranges: ["10.1.0.0/16"] }],
    ["google_compute_firewall", rule, { ...rule, disabled: true, source_ranges: ["0.0.0.0/0"] }],
    ["google_compute_firewall", rule, null],
  ],
);

testRule(
  "exposure/bucket",
  [
    [
      "google_storage_bucket",
      { public_access_prevention: "enforced" },
      { public_access_prevention: "inherited" },
      `high: 'public_access_prevention' changes from "enforced" to "inherited"`,
    ],
    [
      "google_storage_bucket",
      { uniform_bucket_level_access: true },
      { uniform_bucket_level_access: false },
      "high: 'uniform_bucket_level_access' changes from true to false",
    ],
  ],
  [["google_storage_bucket", { public_access_prevention: "inherited" }, { public_access_prevention: "enforced" }]],
);

const column = (name: string, ...tags: readonly string[]) => ({
  ...{ name, type: "STRING" },
  ...(tags.length > 0 && { policyTags: { names: tags } }),
});
const table = (...columns: readonly object[]) => ({ schema: JSON.stringify(columns) });
const tag = "projects/acme/locations/eu/taxonomies/1/policyTags/2";
const record = (...fields: readonly object[]) => ({ name: "customer", type: "RECORD", fields });

testRule(
  "exposure/column-tags",
  [
    [
      "google_bigquery_table",
      table(column("id"), column("email", tag)),
      table(column("email"), column("id")),
      "high: the column 'email' has no tag any longer",
    ],
    [
      "google_bigquery_table",
      table(record(column("phone", tag), column("street", tag))),
      table(record(column("phone", "other"), column("street", tag))),
      "high: the column 'customer.phone' has other tags",
    ],
    [
      "google_bigquery_table",
      table({ ...column("email"), dataPolicies: [{ name: "projects/acme/locations/eu/dataPolicies/mask" }] }),
      table(column("email")),
      "high: the column 'email' has no tag any longer",
    ],
    [
      "google_bigquery_table",
      table(column("email", tag)),
      {},
      { change: { after_unknown: { schema: true } } },
      "medium: it has columns with tags, and its schema is known after apply only",
    ],
    [
      "google_bigquery_table",
      table(column("email", tag)),
      table(column("email")),
      { change: { before_sensitive: { schema: true } } },
      "high: a column loses a tag",
    ],
    ["google_data_catalog_policy_tag", { display_name: "pii" }, null, "high: a tag of columns is destroyed"],
    [
      "google_data_catalog_taxonomy",
      { activated_policy_types: ["FINE_GRAINED_ACCESS_CONTROL"] },
      { activated_policy_types: [] },
      `high: 'activated_policy_types' changes from ["FINE_GRAINED_ACCESS_CONTROL"] to []`,
    ],
    [
      "google_bigquery_datapolicy_data_policy",
      { data_masking_policy: [{ predefined_expression: "ALWAYS_NULL" }] },
      { data_masking_policy: [{ predefined_expression: "LAST_FOUR_CHARACTERS" }] },
      `high: 'data_masking_policy.predefined_expression' changes from "ALWAYS_NULL" to "LAST_FOUR_CHARACTERS"`,
    ],
    [
      "google_bigquery_datapolicy_data_policy",
      { data_policy_id: "mask" },
      { data_policy_id: "mask" },
      replaced,
      "high: the masking of a tag's columns is destroyed, and another one is made",
    ],
  ],
  [
    ["google_bigquery_table", table(column("email", tag)), table(column("email", tag), column("id"))],
    ["google_bigquery_table", table(column("email", tag)), table(column("id"))],
    ["google_bigquery_table", table(column("email")), table(column("email", tag))],
    ["google_bigquery_table", { schema: "[" }, { schema: "[]" }],
    ["google_data_catalog_policy_tag", { display_name: "a" }, { display_name: "b" }],
  ],
);

const sql = (configuration: object) => ({ settings: [{ ip_configuration: [configuration] }] });

testRule(
  "exposure/database",
  [
    [
      "google_sql_database_instance",
      sql({ ipv4_enabled: false }),
      sql({ ipv4_enabled: true }),
      "high: 'settings.ip_configuration.ipv4_enabled' changes from false to true",
    ],
    [
      "google_sql_database_instance",
      sql({ authorized_networks: [] }),
      sql({ authorized_networks: [{ name: "all", value: "0.0.0.0/0" }] }),
      `critical: 'settings.ip_configuration.authorized_networks.value' changes from nothing to "0.0.0.0/0"`,
    ],
    [
      "google_sql_database_instance",
      sql({ ssl_mode: "ENCRYPTED_ONLY" }),
      sql({ ssl_mode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" }),
      `high: 'settings.ip_configuration.ssl_mode' changes from "ENCRYPTED_ONLY" to "ALLOW_UNENCRYPTED_AND_ENCRYPTED"`,
    ],
  ],
  [["google_sql_database_instance", sql({ authorized_networks: [{ value: "192.0.2.0/24" }] }), sql({})]],
);

const machine = (...configs: readonly object[]) => ({
  network_interface: [{ subnetwork: "a", access_config: configs }],
});

testRule(
  "exposure/worker-addresses",
  [
    [
      "google_compute_instance",
      machine(),
      machine({ public_ptr_domain_name: null }),
      { change: { after_unknown: { network_interface: [{ access_config: [{ nat_ip: true, network_tier: true }] }] } } },
      "high: it has 1 public address, and had none",
    ],
    [
      "google_compute_instance_template",
      machine({ nat_ip: "192.0.2.1" }),
      machine({ nat_ip: "192.0.2.1" }, { nat_ip: "192.0.2.2" }),
      replaced,
      "high: it has 2 public addresses, and had 1",
    ],
    [
      "google_dataflow_flex_template_job",
      { ip_configuration: "WORKER_IP_PRIVATE" },
      { ip_configuration: null },
      `high: 'ip_configuration' changes from "WORKER_IP_PRIVATE" to nothing`,
    ],
  ],
  [
    [
      "google_dataflow_flex_template_job",
      { ip_configuration: "WORKER_IP_PUBLIC" },
      { ip_configuration: "WORKER_IP_PRIVATE" },
    ],
    ["google_compute_instance", machine({}), machine()],
    ["google_compute_instance", machine({ nat_ip: "192.0.2.1" }), machine({ nat_ip: "192.0.2.2" })],
  ],
);

const psc = (allowed: readonly string[], enabled = true) => ({
  private_service_connect_config: [{ enable_private_service_connect: enabled, project_allowlist: allowed }],
});

testRule(
  "exposure/private-network",
  [
    [
      "google_vertex_ai_endpoint",
      psc(["acme-a"]),
      psc(["acme-a", "other"]),
      `high: 'private_service_connect_config.project_allowlist' changes from ["acme-a"] to ["acme-a","other"]`,
    ],
    [
      "google_vertex_ai_endpoint",
      psc([]),
      psc([], false),
      "high: 'private_service_connect_config.enable_private_service_connect' changes from true to false",
    ],
  ],
  [["google_vertex_ai_endpoint", psc(["acme-a", "other"]), psc(["acme-a"])]],
);

testRule(
  "exposure/network",
  [
    [
      "google_compute_subnetwork",
      { private_ip_google_access: true },
      { private_ip_google_access: false },
      "medium: 'private_ip_google_access' changes from true to false",
    ],
    [
      "google_compute_router_nat",
      { source_subnetwork_ip_ranges_to_nat: "LIST_OF_SUBNETWORKS" },
      { source_subnetwork_ip_ranges_to_nat: "ALL_SUBNETWORKS_ALL_IP_RANGES" },
      `medium: 'source_subnetwork_ip_ranges_to_nat' changes from "LIST_OF_SUBNETWORKS" to "ALL_SUBNETWORKS_ALL_IP_RANGES"`,
    ],
  ],
  [["google_compute_subnetwork", { private_ip_google_access: false }, { private_ip_google_access: true }]],
);

const perimeter = "google_access_context_manager_service_perimeter";
const services = (...names: readonly string[]) => ({ status: [{ restricted_services: names }] });

testRule(
  "exposure/perimeter",
  [
    [
      perimeter,
      services("bigquery.googleapis.com", "storage.googleapis.com"),
      services("bigquery.googleapis.com"),
      `high: 'status.restricted_services' changes from ["bigquery.googleapis.com","storage.googleapis.com"] to ["bigquery.googleapis.com"]`,
    ],
    [perimeter, services("bigquery.googleapis.com"), null, "high: it is destroyed"],
    [
      `${perimeter}_ingress_policy`,
      null,
      { perimeter: "p", ingress_from: [{ identities: ["user:ada@acme.example"] }] },
      "high: the perimeter lets more through: user:ada@acme.example",
    ],
    [
      `${perimeter}_dry_run_egress_policy`,
      null,
      { perimeter: "p", egress_from: [{ identity_type: "ANY_IDENTITY" }] },
      "low: the perimeter lets more through: ANY_IDENTITY",
    ],
  ],
  [
    [perimeter, services("bigquery.googleapis.com"), services("bigquery.googleapis.com", "storage.googleapis.com")],
    [perimeter, null, services("bigquery.googleapis.com")],
    [`${perimeter}_ingress_policy`, { perimeter: "p" }, null],
  ],
);

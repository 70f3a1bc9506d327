import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";

import { text, type Value, type ValueObject } from "../values/value";
import { crc32c } from "./crc32c";
import { grant, type Kinds } from "./kind";
import { canAlterSchema } from "./table-schema";

const contentHashes = ["crc32c", "generation", "md5hash", "md5hexhash", "media_link"];

export const dataKinds: Kinds = {
  google_pubsub_schema: { id: "projects/{project}/schemas/{name}" },
  google_pubsub_topic: { id: "projects/{project}/topics/{name}" },
  google_pubsub_topic_iam_member: grant("projects/{project}/topics/{topic:last}"),
  google_pubsub_subscription: {
    id: "projects/{project}/subscriptions/{name}",
    outputs: () => ({ ack_deadline_seconds: 10, expiration_policy: [{ ttl: "2678400s" }] }),
  },
  google_pubsub_subscription_iam_member: grant("projects/{project}/subscriptions/{subscription:last}"),
  google_bigquery_dataset: {
    id: "projects/{project}/datasets/{dataset_id}",
    outputs: ({ id, now }) => ({
      self_link: `https://bigquery.googleapis.com/bigquery/v2/${id}`,
      creation_time: Date.parse(now),
      last_modified_time: Date.parse(now),
      max_time_travel_hours: "168",
    }),
  },
  google_bigquery_dataset_iam_member: grant("projects/{project}/datasets/{dataset_id}"),
  google_bigquery_table: {
    id: "projects/{project}/datasets/{dataset_id}/tables/{table_id}",
    replacedBy: (prior, planned) => (canAlterSchema(prior["schema"], planned["schema"]) ? [] : ["schema"]),
    outputs: ({ id, args, now }) => ({
      self_link: `https://bigquery.googleapis.com/bigquery/v2/${id}`,
      creation_time: Date.parse(now),
      last_modified_time: Date.parse(now),
      schema: "[]",
      type: isFilled(args["view"]) ? "VIEW" : isFilled(args["external_data_configuration"]) ? "EXTERNAL" : "TABLE",
    }),
  },
  google_bigquery_table_iam_member: grant("projects/{project}/datasets/{dataset_id}/tables/{table_id:last}"),
  google_bigquery_routine: {
    id: "projects/{project}/datasets/{dataset_id}/routines/{routine_id}",
    outputs: ({ now }) => ({ creation_time: Date.parse(now), last_modified_time: Date.parse(now) }),
  },
  google_storage_bucket: {
    id: "{name}",
    planned: (args) => ({ location: text(args, "location")?.toUpperCase() }),
    outputs: ({ id, projectNumber, now }) => ({
      self_link: `https://www.googleapis.com/storage/v1/b/${id}`,
      url: `gs://${id}`,
      project_number: Number(projectNumber),
      public_access_prevention: "inherited",
      rpo: "DEFAULT",
      soft_delete_policy: [{ effective_time: now, retention_duration_seconds: 604_800 }],
      time_created: now,
      updated: now,
    }),
  },
  google_storage_bucket_iam_member: grant("b/{bucket:last}"),
  google_storage_bucket_object: {
    id: "{bucket}-{name}",
    serial: "digits",
    renews: { content: contentHashes, source: contentHashes },
    outputs: ({ args, serial }) => {
      const content = objectContent(args);
      const path = `${text(args, "bucket") ?? ""}/o/${encodeURIComponent(text(args, "name") ?? "")}`;
      return {
        crc32c: crc32c(content).toString("base64"),
        md5hash: createHash("md5").update(content).digest("base64"),
        md5hexhash: createHash("md5").update(content).digest("hex"),
        content_type: "text/plain; charset=utf-8",
        generation: Number(serial.slice(0, 15)),
        media_link: `https://storage.googleapis.com/download/storage/v1/b/${path}?generation=${serial.slice(0, 15)}&alt=media`,
        output_name: text(args, "name") ?? "",
        self_link: `https://www.googleapis.com/storage/v1/b/${path}`,
        storage_class: "STANDARD",
      };
    },
  },
  google_storage_notification: {
    id: "{bucket}/notificationConfigs/{serial}",
    serial: "digits",
    outputs: ({ id, serial }) => ({
      notification_id: serial,
      self_link: `https://www.googleapis.com/storage/v1/b/${id}`,
    }),
  },
  google_dataflow_flex_template_job: {
    id: "{serial}",
    serial: "digits",
    outputs: ({ id }) => ({ job_id: id, state: "JOB_STATE_RUNNING", type: "JOB_TYPE_STREAMING" }),
  },
};

function isFilled(block: Value | undefined): boolean {
  return Array.isArray(block) && block.length > 0;
}

function objectContent(args: ValueObject): Buffer {
  const source = text(args, "source");
  return source !== undefined && existsSync(source) ? readFileSync(source) : Buffer.from(text(args, "content") ?? "");
}

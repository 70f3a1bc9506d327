import fc from "fast-check";

import { changeJson } from "./plan-json";

type Json = Readonly<Record<string, unknown>>;

// The search is the same in every run: what it finds stays found until it is mended.
fc.configureGlobal({ seed: 20_261_124 });

const names = [
  "name",
  "labels",
  "force_destroy",
  "deletion_protection",
  "member",
  "role",
  "x",
  "constructor",
  "__proto__",
];

/** A value of an argument: what Terraform has, nested a little. */
export const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(null, true, false, "", "abcd", "user:a@example.com", "roles/owner", 7, 12345),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie("value"), { maxKeys: 4 }),
  ),
})).value;

const actions = fc.constantFrom<readonly string[]>(
  ["no-op"],
  ["create"],
  ["read"],
  ["update"],
  ["delete"],
  ["forget"],
  ["delete", "create"],
  ["create", "delete"],
  ["create", "forget"],
  ["frobnicate"],
  [],
);

const types = fc.constantFrom(
  "google_storage_bucket",
  "google_bigquery_dataset",
  "google_project_iam_member",
  "google_project_iam_binding",
  "google_cloud_run_v2_service",
  "google_vertex_ai_endpoint",
  "terraform_data",
);

/** A value and the marks of what is in it, as Terraform writes them. */
function marksOf(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) {
    return fc.oneof({ weight: 4, arbitrary: fc.tuple(...value.map(marksOf)) }, fc.constant(true));
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([name, part]) => fc.tuple(fc.constant(name), marksOf(part)));
    return fc.tuple(...entries).map((each) => Object.fromEntries(each));
  }
  return fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true));
}

const marked = values.chain((value) => fc.tuple(fc.constant(value), marksOf(value), marksOf(value)));

/** A change of the object that has this number, so that no two have one address. */
function changeOf(index: number): fc.Arbitrary<Json> {
  return fc
    .record({ type: types, actions, before: marked, after: marked, deposed: fc.constantFrom(undefined, "deadbeef") })
    .map(({ type, actions: planned, before, after, deposed }) =>
      changeJson(
        {
          actions: planned,
          before: before[0],
          after: after[0],
          after_unknown: after[1],
          before_sensitive: before[2],
          after_sensitive: after[2],
        },
        { type, address: `${type}.n${index}`, ...(deposed && { deposed }) },
      ),
    );
}

/** Changes of as many objects. */
export const changes: fc.Arbitrary<Json[]> = fc
  .integer({ min: 0, max: 6 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => changeOf(index))));

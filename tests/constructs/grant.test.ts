import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";

import { Bucket } from "../../constructs/bucket";
import { type IIdentity, Principal } from "../../constructs/identity";
import { analysts } from "../support/fixtures";
import { templateOf } from "../support/template";

const grantsTo = (...identities: readonly IIdentity[]) =>
  templateOf((stack) => {
    const bucket = Bucket.fromName(stack, "Bucket", "acme-ml-dev-work");
    for (const identity of identities) {
      bucket.grantRead(identity);
    }
  }).all(StorageBucketIamMember);

test("granting twice is granting once, and gives the same grant back", () => {
  const given = new Set();
  templateOf((stack) => {
    const bucket = Bucket.fromName(stack, "Bucket", "acme-ml-dev-work");
    given.add(bucket.grantRead(analysts)).add(bucket.grantRead(new Principal(analysts.member)));
  });
  expect(given.size).toBe(1);
});

test("everybody gets a grant of their own", () => {
  expect(grantsTo(analysts, new Principal("user:ada@acme.example")).map(({ member }) => member)).toEqual([
    "group:analysts@acme.example",
    "user:ada@acme.example",
  ]);
});

test("a grant waits for the identity to exist", () => {
  const dependencies = [{ fqn: "google_project_service_identity.agent" }];
  expect(grantsTo({ name: "agent", member: "serviceAccount:agent@example", dependencies })).toMatchObject([
    { depends_on: ["google_project_service_identity.agent"] },
  ]);
});

test("a grant to an identity that exists waits for nothing", () => {
  expect(grantsTo({ ...analysts, name: "analysts", dependencies: [] })[0]).not.toHaveProperty("depends_on");
});

test("a principal is named after its member", () => {
  expect(new Principal("group:analysts@acme.example")).toMatchObject({
    name: "group:analysts@acme.example",
    member: "group:analysts@acme.example",
  });
});

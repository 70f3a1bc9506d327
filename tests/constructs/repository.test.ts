import { ArtifactRegistryRepository } from "@cdktf/provider-google/lib/artifact-registry-repository";
import { ArtifactRegistryRepositoryIamMember } from "@cdktf/provider-google/lib/artifact-registry-repository-iam-member";

import { Repository, type RepositoryProps } from "../../constructs/repository";
import { analysts, encryptionKey, keyGrant } from "../support/fixtures";
import { reference, templateOf } from "../support/template";

const props: RepositoryProps = {
  repositoryId: "images",
  format: "DOCKER",
  description: "Images of all teams",
  encryptionKey,
};
const repository = (changes: Partial<RepositoryProps> = {}) =>
  templateOf((stack) => new Repository(stack, "Images", { ...props, ...changes }));

test("a repository of images is encrypted, scanned, tidied up, and its tags never move", () => {
  const template = repository();
  expect(template.counts).toEqual({ google_artifact_registry_repository: 1 });
  expect(template.only(ArtifactRegistryRepository)).toEqual({
    repository_id: "images",
    location: "europe-west4",
    format: "DOCKER",
    mode: "STANDARD_REPOSITORY",
    description: "Images of all teams",
    kms_key_name: encryptionKey.keyId,
    cleanup_policy_dry_run: false,
    cleanup_policies: [
      { id: "delete-untagged", action: "DELETE", condition: { tag_state: "UNTAGGED", older_than: "2592000s" } },
      { id: "keep-newest", action: "KEEP", most_recent_versions: { keep_count: 10 } },
    ],
    docker_config: { immutable_tags: true },
    vulnerability_scanning_config: { enablement_config: "INHERITED" },
    depends_on: [keyGrant.fqn],
  });
});

test("a repository of pipelines has no settings of images", () => {
  const pipelines = repository({ format: "KFP" }).only(ArtifactRegistryRepository);
  expect(pipelines).toMatchObject({ format: "KFP" });
  expect(pipelines).not.toHaveProperty("docker_config");
  expect(pipelines).not.toHaveProperty("vulnerability_scanning_config");
});

test("untagged versions can be deleted sooner", () => {
  expect(repository({ deleteUntaggedAfterDays: 7 }).only(ArtifactRegistryRepository)).toMatchObject({
    cleanup_policies: [{ condition: { older_than: "604800s" } }, { id: "keep-newest" }],
  });
});

test("deleting untagged versions at once is refused", () => {
  expect(() => repository({ deleteUntaggedAfterDays: 0 })).toThrow(
    new Error("test/Images: 'deleteUntaggedAfterDays' must be from 1 to 3650, got 0"),
  );
});

const grants = [
  ["grantRead", "roles/artifactregistry.reader"],
  ["grantWrite", "roles/artifactregistry.writer"],
] as const;

test.each(grants)("%s gives %s once, on the repository alone", (verb, role) => {
  const template = templateOf((stack) => {
    const made = new Repository(stack, "Images", props);
    made[verb](analysts);
    made[verb](analysts);
  });
  expect(template.only(ArtifactRegistryRepositoryIamMember)).toEqual({
    project: "acme-ml-dev",
    location: "europe-west4",
    repository: reference(ArtifactRegistryRepository, "repository_id"),
    role,
    member: analysts.member,
  });
});

test.each(grants)("%s gives %s on a repository that another stack makes", (verb, role) => {
  const template = templateOf((stack) => Repository.fromName(stack, "Images", "images")[verb](analysts));
  expect(template.counts).toEqual({ google_artifact_registry_repository_iam_member: 1 });
  expect(template.only(ArtifactRegistryRepositoryIamMember)).toMatchObject({ repository: "images", role });
});

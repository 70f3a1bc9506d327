import { ArtifactRegistryRepository } from "@cdktf/provider-google/lib/artifact-registry-repository";
import { ArtifactRegistryRepositoryIamMember } from "@cdktf/provider-google/lib/artifact-registry-repository-iam-member";
import { Construct } from "constructs";

import type { IEncryptionKey } from "./encryption-key";
import { requireRange } from "./errors";
import { type Grant, grantOnce } from "./grant";
import type { IIdentity } from "./identity";
import { PlatformStack } from "./platform-stack";

/** What a repository holds: container images, or compiled pipelines. */
export type RepositoryFormat = "DOCKER" | "KFP";

/** An Artifact Registry repository in the environment's region, made here or elsewhere. */
export interface IRepository {
  /** Lets `identity` download: `roles/artifactregistry.reader` on this repository. */
  grantRead(identity: IIdentity): Grant;

  /** Lets `identity` download and upload: `roles/artifactregistry.writer` on this repository. */
  grantWrite(identity: IIdentity): Grant;
}

export interface RepositoryProps {
  /** Id within the project and region. */
  readonly repositoryId: string;

  readonly format: RepositoryFormat;

  readonly description: string;

  /** Key that encrypts what it holds. */
  readonly encryptionKey: IEncryptionKey;

  /**
   * Days after which an untagged version is deleted, 1 to 3650; the ten newest versions always stay.
   * @default 30
   */
  readonly deleteUntaggedAfterDays?: number;
}

abstract class RepositoryBase extends Construct implements IRepository {
  abstract readonly repositoryId: string;

  grantRead(identity: IIdentity): Grant {
    return this.grant("Reader", "roles/artifactregistry.reader", identity);
  }

  grantWrite(identity: IIdentity): Grant {
    return this.grant("Writer", "roles/artifactregistry.writer", identity);
  }

  private grant(id: string, role: string, identity: IIdentity): Grant {
    const { project, region } = PlatformStack.of(this).environment;
    return grantOnce(
      this,
      id,
      identity,
      (grantId, to) =>
        new ArtifactRegistryRepositoryIamMember(this, grantId, {
          project,
          location: region,
          repository: this.repositoryId,
          role,
          ...to,
        }),
    );
  }
}

/** A repository that deletes what nobody refers to, and whose image tags never move. Images are scanned for vulnerabilities where
 * the project has the Container Scanning API on, which is billed by image. */
export class Repository extends RepositoryBase {
  /** A repository that another stack makes. */
  static fromName(scope: Construct, id: string, repositoryId: string): IRepository {
    class Import extends RepositoryBase {
      readonly repositoryId = repositoryId;
    }
    return new Import(scope, id);
  }

  readonly repositoryId: string;

  constructor(scope: Construct, id: string, props: RepositoryProps) {
    super(scope, id);
    const { deleteUntaggedAfterDays = 30 } = props;
    requireRange(this, "deleteUntaggedAfterDays", deleteUntaggedAfterDays, 1, 3650);
    const repository = new ArtifactRegistryRepository(this, "Resource", {
      repositoryId: props.repositoryId,
      location: PlatformStack.of(this).environment.region,
      format: props.format,
      mode: "STANDARD_REPOSITORY",
      description: props.description,
      kmsKeyName: props.encryptionKey.keyId,
      cleanupPolicyDryRun: false,
      cleanupPolicies: [
        {
          id: "delete-untagged",
          action: "DELETE",
          condition: { tagState: "UNTAGGED", olderThan: `${deleteUntaggedAfterDays * 86_400}s` },
        },
        { id: "keep-newest", action: "KEEP", mostRecentVersions: { keepCount: 10 } },
      ],
      ...(props.format === "DOCKER" && {
        dockerConfig: { immutableTags: true },
        vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
      }),
      dependsOn: props.encryptionKey.grants,
    });
    this.repositoryId = repository.repositoryId;
  }
}

import { GoogleBetaProvider } from "@cdktf/provider-google-beta/lib/provider";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { GcsBackend, LocalBackend, type TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/** Where a stack's resources live. Parsed and checked by `config/`; constructs only read it. */
export interface Environment {
  /** Project id, such as `acme-ml-prod`. */
  readonly project: string;
  /** Project number: Google generates it and service agents are named after it. */
  readonly projectNumber: string;
  /** Region of every regional resource, such as `europe-west4`. */
  readonly region: string;
  /** Keeps what holds data from being deleted by Terraform. */
  readonly deletionProtection: boolean;
}

/** Where Terraform keeps the state of a stack: a file below a folder of the project, or an object of a bucket. */
export type StateLocation =
  { readonly backend: "local"; readonly directory: string } | { readonly backend: "gcs"; readonly bucket: string };

export interface PlatformStackProps {
  readonly environment: Environment;

  /**
   * Labels of every resource of the stack that takes labels.
   * @default - no labels
   */
  readonly labels?: Readonly<Record<string, string>>;

  /**
   * Where Terraform keeps the state.
   * @default - a local file in the working directory
   */
  readonly state?: StateLocation;
}

/** A stack of the platform. Constructs find their environment through it: `PlatformStack.of(this).environment`. */
export abstract class PlatformStack extends TerraformStack {
  /** The platform stack that contains `scope`. Throws where there is none. */
  static override of(scope: Construct): PlatformStack {
    const stack = TerraformStack.of(scope);
    if (!(stack instanceof PlatformStack)) {
      throw new Error(`'${scope.node.path}' must be inside a PlatformStack, got ${stack.constructor.name}`);
    }
    return stack;
  }

  readonly environment: Environment;

  /** Labels of every resource: by provider default, and set by constructs on types that defaults do not reach. */
  readonly labels: Readonly<Record<string, string>>;

  private beta?: GoogleBetaProvider;

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id);
    this.environment = props.environment;
    this.labels = props.labels ?? {};
    this.label(new GoogleProvider(this, "google", this.providerConfig()));
    this.keepState(props.state);
  }

  /** Provider of the resources that google alone does not have; made when first asked for. */
  get betaProvider(): GoogleBetaProvider {
    return (this.beta ??= this.label(new GoogleBetaProvider(this, "google-beta", this.providerConfig())));
  }

  private providerConfig() {
    return {
      project: this.environment.project,
      region: this.environment.region,
      addTerraformAttributionLabel: false,
    };
  }

  /** Set past the provider's class, which would turn every hyphen of a label's key into an underscore. */
  private label<T extends TerraformProvider>(provider: T): T {
    provider.addOverride("default_labels", { ...this.labels });
    return provider;
  }

  private keepState(state: StateLocation | undefined): void {
    if (state?.backend === "gcs") {
      new GcsBackend(this, { bucket: state.bucket, prefix: this.node.id });
    } else if (state !== undefined) {
      // Terraform runs in cdktf.out/stacks/<stack>; a relative path keeps the synthesised stack the same on every machine.
      new LocalBackend(this, { path: `../../../${state.directory}/${this.node.id}.tfstate` });
    }
  }
}

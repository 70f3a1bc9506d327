import { App, Testing, type TerraformResource } from "cdktf";

import { type Environment, PlatformStack } from "../../constructs/platform-stack";

export const environment: Environment = {
  project: "acme-ml-dev",
  projectNumber: "123456789012",
  region: "europe-west4",
  deletionProtection: false,
};

interface ResourceType<T extends TerraformResource> {
  readonly tfResourceType: string;
  prototype: T;
}
type Arguments = Readonly<Record<string, unknown>>;

/** What a stack synthesises to, parsed once. */
export class Template {
  static of(stack: PlatformStack): Template {
    stack.prepareStack();
    return new Template(JSON.parse(Testing.synth(stack)));
  }

  private constructor(private readonly json: { readonly resource?: Record<string, Record<string, Arguments>> }) {}

  /** Arguments of every resource of a type. */
  all<T extends TerraformResource>(type: ResourceType<T>): Arguments[] {
    return Object.values(this.json.resource?.[type.tfResourceType] ?? {});
  }

  /** Arguments of the only resource of a type. */
  only<T extends TerraformResource>(type: ResourceType<T>): Arguments {
    const all = this.all(type);
    if (all.length !== 1) {
      throw new Error(`expected one ${type.tfResourceType}, got ${all.length}`);
    }
    return all[0]!;
  }
}

/** An empty platform stack to put constructs in. */
export function testStack(overrides: Partial<Environment> = {}): PlatformStack {
  class TestStack extends PlatformStack {}
  return new TestStack(new App(), "test", { environment: { ...environment, ...overrides } });
}

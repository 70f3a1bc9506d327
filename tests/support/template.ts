import { App, DefaultTokenResolver, StringConcat, Testing, Tokenization } from "cdktf";

import { type Environment, PlatformStack } from "../../constructs/platform-stack";

export const environment: Environment = {
  project: "acme-ml-dev",
  projectNumber: "123456789012",
  region: "europe-west4",
  deletionProtection: false,
};

/** Class of a resource or data source. */
interface BlockType {
  readonly tfResourceType: string;
}

type Arguments = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Arguments>>>>;

interface StackJson {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly output?: Readonly<Record<string, Arguments>>;
  readonly provider: Readonly<Record<string, readonly Arguments[]>>;
  readonly terraform: { readonly backend: Readonly<Record<string, Arguments>> };
}

/** What a stack synthesises to, parsed once, without the paths that cdktf notes beside every resource. */
export class Template {
  static of(stack: PlatformStack): Template {
    stack.prepareStack();
    const withoutNotes = (key: string, value: unknown) => (key === "//" ? undefined : value);
    return new Template(JSON.parse(Testing.synth(stack), withoutNotes) as StackJson);
  }

  private constructor(private readonly json: StackJson) {}

  /** How many resources there are, by type. */
  get counts(): Readonly<Record<string, number>> {
    return countByType(this.json.resource);
  }

  /** How many data sources there are, by type. */
  get dataCounts(): Readonly<Record<string, number>> {
    return countByType(this.json.data);
  }

  /** Locals in order. */
  get locals(): readonly unknown[] {
    return Object.values(this.json.locals ?? {});
  }

  /** Outputs in order. */
  get outputs(): readonly Arguments[] {
    return Object.values(this.json.output ?? {});
  }

  /** Settings of every provider, by name. */
  get providers(): Readonly<Record<string, readonly Arguments[]>> {
    return this.json.provider;
  }

  /** Where the state is kept. */
  get backend(): Readonly<Record<string, Arguments>> {
    return this.json.terraform.backend;
  }

  /** Arguments of every resource of a type. */
  all(type: BlockType): readonly Arguments[] {
    return Object.values(this.json.resource?.[type.tfResourceType] ?? {});
  }

  /** Arguments of the only resource of a type. */
  only(type: BlockType): Arguments {
    return onlyOne(type, this.all(type));
  }

  /** Arguments of the only data source of a type. */
  onlyData(type: BlockType): Arguments {
    return onlyOne(type, Object.values(this.json.data?.[type.tfResourceType] ?? {}));
  }
}

function countByType(blocks: Blocks = {}): Record<string, number> {
  return Object.fromEntries(Object.entries(blocks).map(([type, named]) => [type, Object.keys(named).length]));
}

function onlyOne(type: BlockType, found: readonly Arguments[]): Arguments {
  if (found.length !== 1) {
    throw new Error(`expected one ${type.tfResourceType}, got ${found.length}`);
  }
  return found[0]!;
}

/** An empty platform stack to put constructs in. */
export function testStack(overrides: Partial<Environment> = {}): PlatformStack {
  class TestStack extends PlatformStack {}
  return new TestStack(new App(), "test", { environment: { ...environment, ...overrides } });
}

/** What a platform stack synthesises to with the constructs that `add` puts in it. */
export function templateOf(add: (stack: PlatformStack) => unknown, overrides: Partial<Environment> = {}): Template {
  const stack = testStack(overrides);
  add(stack);
  return Template.of(stack);
}

/** What a value of a construct becomes in its stack. */
export function resolve(scope: PlatformStack, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope, resolver, preparing: false });
}

/** Matches an expression that reads an attribute of a resource of the same stack. */
export function reference(type: BlockType, attribute: string): unknown {
  return expect.stringMatching(new RegExp(`^\\$\\{${type.tfResourceType}\\.[\\w-]+\\.${attribute}\\}$`));
}

/** Matches the address of a resource in `depends_on`, and the path of its construct where it is given. */
export function addressOf(type: BlockType, path = ""): unknown {
  return expect.stringMatching(new RegExp(`^${type.tfResourceType}\\.${path}[\\w-]*$`));
}

import { normalise } from "./normalise";
import { type Arguments, blocks, isAmong, isObject, isUnknown, textOf, valueAt } from "./arguments";

/** A resource of a stack. */
export class Resource {
  constructor(
    readonly type: string,
    /** Terraform address, such as `google_storage_bucket.Landing_1A2B3C4D`. */
    readonly address: string,
    private readonly body: Arguments,
  ) {}

  /** Arguments in one shape, made anew: those of all resources of a thousand teams take half a gigabyte. */
  get args(): Arguments {
    return normalise(this.type, this.body);
  }

  /** The value at a path, which needs no other shape. */
  at(path: string): unknown {
    return valueAt(this.body, path);
  }
}

/** A stack as rules look at it. */
export class Stack {
  /** Reads Terraform's JSON of a stack, in any of the forms that Terraform reads; what it does not know it leaves out. */
  static of(name: string, json: unknown): Stack {
    const [top] = [isObject(json) ? json : {}];
    const resources = blocks(top["resource"]).flatMap((types) =>
      Object.entries(types).flatMap(([type, named]) =>
        blocks(named).flatMap((names) =>
          Object.entries(names).flatMap(([id, bodies]) =>
            blocks(bodies)
              .filter(({ count }) => !isAmong(count, [0]))
              .map((body) => new Resource(type, `${type}.${id}`, withoutNote(body))),
          ),
        ),
      ),
    );
    const projects = blocks(top["provider"])
      .flatMap((providers) => ["google", "google-beta"].flatMap((provider) => blocks(providers[provider])))
      .map(({ project }) => project)
      .filter((project) => typeof project === "string");
    const buckets = blocks(top["terraform"])
      .flatMap(({ backend }) => blocks(backend))
      .flatMap(({ gcs }) => blocks(gcs))
      .map(({ bucket }) => bucket)
      .filter((bucket) => typeof bucket === "string");
    return new Stack(name, resources, projects[0], buckets[0]);
  }

  constructor(
    readonly name: string,
    readonly resources: readonly Resource[],
    /** Project of resources that name none. */
    private readonly project: string | undefined,
    /** Bucket that holds the stack's state; nothing where that is elsewhere. */
    readonly stateBucket: string | undefined,
  ) {}

  ofType(...types: readonly string[]): readonly Resource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** Project that a resource is made in; nothing where only Terraform knows. */
  projectOf({ args }: Resource): string | undefined {
    const project = args["project"] ?? this.project;
    return typeof project === "string" && !isUnknown(project) ? project : undefined;
  }

  /** The resource of this stack that an expression refers to, such as `${google_pubsub_topic.Events.id}`. */
  referred(value: unknown): Resource | undefined {
    const address = typeof value === "string" ? /\$\{(google_\w+\.[\w-]+)\.\w+\}/.exec(value)?.[1] : undefined;
    return address === undefined ? undefined : this.resources.find((resource) => resource.address === address);
  }

  /**
   * A value with the references to this stack's resources filled in, as far as it says what they become; what stays
   * unknown gets the stack's name, since the same expression is another thing elsewhere.
   */
  resolve(value: unknown): string {
    const text = textOf(value).replaceAll(/\$\{(google_\w+\.[\w-]+)\.(\w+)\}/g, (expression, address, name) => {
      const resource = this.resources.find((candidate) => candidate.address === address);
      const literal = resource && this.attribute(resource, textOf(name));
      return typeof literal === "string" && !isUnknown(literal) ? literal : textOf(expression);
    });
    return isUnknown(text) ? `${this.name}:${text}` : text;
  }

  private attribute(resource: Resource, name: string): unknown {
    if (resource.type !== "google_service_account") {
      return resource.args[name];
    }
    const email = `${textOf(resource.args["account_id"])}@${this.projectOf(resource)}.iam.gserviceaccount.com`;
    const attributes: Arguments = {
      email,
      member: `serviceAccount:${email}`,
      name: `projects/${this.projectOf(resource)}/serviceAccounts/${email}`,
    };
    return attributes[name];
  }
}

/** What cdktf notes beside a resource is no argument, and a fifth of what is kept of a thousand teams. */
function withoutNote(body: Arguments): Arguments {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== "//"));
}

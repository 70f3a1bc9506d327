import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { FileCache } from "./file-cache";
import { fileName } from "./file-name";
import { factsOf } from "./schema/facts";
import { formatJson, parseJson } from "./values/json";
import { isList, isObject, text, type Value, type ValueObject } from "./values/value";

/** A resource that exists in the pretend cloud. */
export interface CloudResource {
  /** Terraform's name of the type, such as `google_pubsub_topic`. */
  readonly type: string;
  /** Terraform's id, such as `projects/acme/topics/events`. */
  readonly id: string;
  /** Arguments and outputs, as Terraform names them. */
  readonly values: ValueObject;
}

/** What rules may look at. */
export interface CloudView {
  get(type: string, id: string): CloudResource | undefined;
  list(type?: string): CloudResource[];
  /** When a resource was last written; `undefined` where it does not exist. */
  writtenAt(type: string, id: string): Date | undefined;
}

/**
 * State of the pretend cloud: one JSON file per resource under `.sandbox/cloud/`, written whole or not at all, read on demand.
 * Several processes may look at it at the same time.
 */
export class Cloud implements CloudView {
  private readonly folder: string;
  private readonly files = new FileCache((file) => this.read(file));

  /** @param root project folder, the one that holds `.sandbox/` */
  constructor(root: string) {
    this.folder = join(root, ".sandbox", "cloud");
  }

  /** A resource; `undefined` where it does not exist. Throws where its file cannot be read. */
  get(type: string, id: string): CloudResource | undefined {
    return this.read(this.file(type, id));
  }

  /** All resources of a type, or of all types, by type and id. */
  list(type?: string): CloudResource[] {
    const types = type === undefined ? namesIn(this.folder) : [type];
    return types
      .map((name) => join(this.folder, name))
      .flatMap((folder) => this.files.read(folder, namesIn(folder)))
      .sort((a, b) => (a.type === b.type ? compare(a.id, b.id) : compare(a.type, b.type)));
  }

  writtenAt(type: string, id: string): Date | undefined {
    return statSync(this.file(type, id), { throwIfNoEntry: false })?.mtime;
  }

  /** Creates or overwrites a resource. */
  put(resource: CloudResource): void {
    const file = this.file(resource.type, resource.id);
    const { type, id, values } = resource;
    mkdirSync(join(this.folder, type), { recursive: true });
    writeWhole(file, `${formatJson({ type, id, values })}\n`);
  }

  delete(type: string, id: string): void {
    rmSync(this.file(type, id), { force: true });
  }

  /**
   * Changes one value behind Terraform's back, as someone in the Google Cloud console would.
   * @param path names and indexes, such as `labels.team` or `retry_policy.0.minimum_backoff`
   */
  set(type: string, id: string, path: string, value: Value): void {
    const resource = this.get(type, id);
    if (!resource) {
      throw new Error(`${type} '${id}' does not exist in the sandbox; list what does with the cloud's 'list'`);
    }
    const name = path.split(".")[0]!;
    if (resource.values[name] === undefined) {
      throw new Error(`${type} has no '${name}'; it has ${Object.keys(resource.values).sort().join(", ")}`);
    }
    const values = replaceAt(resource.values, path.split("."), value, `${type} '${id}': '${path}'`);
    this.put({ type, id, values: values as ValueObject });
  }

  /** Forgets every resource, also those that Google never deletes: what deleting the project would do. */
  forget(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Resources by type, for types that plan generically because their facts are not written down. */
  countWithoutFacts(): Record<string, number> {
    const types = namesIn(this.folder).filter((type) => factsOf(type) === undefined);
    return Object.fromEntries(
      types.map((type) => [type, namesIn(join(this.folder, type)).length] as const).filter(([, count]) => count > 0),
    );
  }

  private file(type: string, id: string): string {
    return join(this.folder, type, `${fileName(id)}.json`);
  }

  private read(file: string): CloudResource | undefined {
    let json: string;
    try {
      json = readFileSync(file, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") {
        return undefined;
      }
      throw error;
    }
    const resource = tryParse(json);
    if (!isObject(resource) || !isObject(resource["values"])) {
      throw new Error(
        `${file} must hold a resource of the sandbox as JSON, got ${JSON.stringify(json.slice(0, 40))}; ` +
          "delete the file to make the sandbox forget the resource, then apply again",
      );
    }
    return { type: text(resource, "type") ?? "", id: text(resource, "id") ?? "", values: resource["values"] };
  }
}

function writeWhole(file: string, content: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  const descriptor = openSync(temporary, "w", 0o600);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new Error(`${file} cannot be written: ${(error as Error).message}`, { cause: error });
  } finally {
    closeSync(descriptor);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.endsWith(".tmp"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return [];
    }
    throw error;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function tryParse(json: string): Value | undefined {
  try {
    return parseJson(json);
  } catch {
    return undefined;
  }
}

function replaceAt(container: Value | undefined, [step, ...rest]: string[], value: Value, what: string): Value {
  if (step === undefined) {
    return value;
  }
  if (isList(container) && /^\d+$/.test(step) && Number(step) <= container.length) {
    const items = [...container];
    items[Number(step)] = replaceAt(container[Number(step)], rest, value, what);
    return items;
  }
  if (isObject(container)) {
    return { ...container, [step]: replaceAt(container[step], rest, value, what) };
  }
  if (container === null || container === undefined) {
    return { [step]: replaceAt(undefined, rest, value, what) };
  }
  throw new Error(`${what} does not lead to a value: there is no '${step}'; give names and indexes that 'get' shows`);
}

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";

import { crc32c } from "../../types/crc32c";
import { text, type ValueObject } from "../../values/value";
import type { Context } from "../context";

/** An object of a bucket. */
export interface StoredObject {
  readonly bucket: string;
  readonly name: string;
  readonly contentType: string;
  readonly generation: string;
  readonly metageneration: string;
  readonly createdAt: number;
  /** Base64 */
  readonly content: string;
}

const kind = "object";
const terraformType = "google_storage_bucket_object";

/** Objects that were written at run time, and those that Terraform made; of one name, what was written last counts. */
export class ObjectStore {
  constructor(private readonly context: Context) {}

  get(bucket: string, name: string): StoredObject | undefined {
    return this.context.store.get<StoredObject>(kind, `${bucket}/${name}`) ?? this.made(bucket, name);
  }

  list(bucket: string, prefix: string): StoredObject[] {
    const written = this.context.store.list<StoredObject>(kind, `${bucket}/${prefix}`).map(([, object]) => object);
    const made = this.context.cloud
      .list(terraformType)
      .filter(({ values }) => values["bucket"] === bucket && text(values, "name")?.startsWith(prefix))
      .map(({ values }) => this.get(bucket, text(values, "name")!)!);
    const byName = new Map([...made, ...written].map((object) => [object.name, object]));
    return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  put(bucket: string, name: string, content: Uint8Array, contentType: string): StoredObject {
    const now = this.context.clock.now();
    const before = BigInt(this.get(bucket, name)?.generation ?? 0);
    const generation = BigInt(now) * 1_000n;
    const object: StoredObject = {
      bucket,
      name,
      contentType,
      generation: String(generation > before ? generation : before + 1n),
      metageneration: "1",
      createdAt: now,
      content: Buffer.from(content).toString("base64"),
    };
    this.context.store.put(kind, `${bucket}/${name}`, object);
    return object;
  }

  delete({ bucket, name }: StoredObject): void {
    this.context.store.delete(kind, `${bucket}/${name}`);
    const made = this.resource(bucket, name);
    if (made) {
      this.context.cloud.delete(terraformType, made.id);
    }
  }

  private made(bucket: string, name: string): StoredObject | undefined {
    const resource = this.resource(bucket, name);
    return (
      resource && {
        bucket,
        name,
        contentType: text(resource.values, "content_type") ?? "text/plain; charset=utf-8",
        generation: String(resource.values["generation"] ?? 1),
        metageneration: "1",
        createdAt: 0,
        content: contentOf(resource.values).toString("base64"),
      }
    );
  }

  private resource(bucket: string, name: string) {
    return this.context.cloud.get(terraformType, `${bucket}-${name}`);
  }
}

/** The resource `storage#object`. */
export function objectMessage({
  bucket,
  name,
  contentType,
  generation,
  metageneration,
  createdAt,
  content,
}: StoredObject): object {
  const bytes = Buffer.from(content, "base64");
  const path = `b/${bucket}/o/${encodeURIComponent(name)}`;
  const time = new Date(createdAt).toISOString();
  return {
    kind: "storage#object",
    id: `${bucket}/${name}/${generation}`,
    selfLink: `https://www.googleapis.com/storage/v1/${path}`,
    mediaLink: `https://storage.googleapis.com/download/storage/v1/${path}?generation=${generation}&alt=media`,
    name,
    bucket,
    generation,
    metageneration,
    contentType,
    storageClass: "STANDARD",
    size: String(bytes.length),
    md5Hash: createHash("md5").update(bytes).digest("base64"),
    crc32c: crc32c(bytes).toString("base64"),
    etag: Buffer.from(generation).toString("base64"),
    timeCreated: time,
    updated: time,
  };
}

function contentOf(values: ValueObject): Buffer {
  const source = text(values, "source");
  return source !== undefined && existsSync(source) ? readFileSync(source) : Buffer.from(text(values, "content") ?? "");
}

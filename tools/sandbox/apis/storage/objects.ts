import type { Context } from "../context";
import { ReasonError } from "../error";
import { type Call, Media, type Routes } from "../http";
import { objectMessage, ObjectStore, type StoredObject } from "./object-store";

/** The JSON API of Cloud Storage. Source: https://cloud.google.com/storage/docs/json_api/v1/objects */
export function objectRoutes(context: Context): Routes {
  const objects = new ObjectStore(context);

  const bucketOf = (call: Call): string => {
    const bucket = call.params["bucket"]!;
    if (!context.cloud.get("google_storage_bucket", bucket)) {
      throw new ReasonError(404, "notFound", "The specified bucket does not exist.", "NOT_FOUND");
    }
    return bucket;
  };

  const objectOf = (call: Call): StoredObject => {
    const bucket = bucketOf(call);
    const name = call.params["object"]!;
    const object = objects.get(bucket, name);
    const wanted = call.query.get("generation");
    if (!object || (wanted !== null && wanted !== object.generation)) {
      throw new ReasonError(404, "notFound", `No such object: ${bucket}/${name}`, "NOT_FOUND");
    }
    return object;
  };

  const get = (call: Call): object => {
    const object = objectOf(call);
    checkPreconditions(call, object);
    if (call.query.get("alt") !== "media") {
      return objectMessage(object);
    }
    return new Media(Buffer.from(object.content, "base64"), {
      "content-type": object.contentType,
      "x-goog-generation": object.generation,
      "x-goog-metageneration": object.metageneration,
    });
  };

  const insert = (call: Call): object => {
    const bucket = bucketOf(call);
    const name = call.query.get("name") ?? "";
    if (call.query.get("uploadType") !== "media" || name === "") {
      throw new ReasonError(
        400,
        "invalid",
        "The sandbox takes uploads with uploadType=media and name=... in the query.",
      );
    }
    checkPreconditions(call, objects.get(bucket, name));
    const contentType = call.headers["content-type"] ?? call.headers["Content-Type"];
    return objectMessage(objects.put(bucket, name, bytesOf(call.body), contentType ?? "application/octet-stream"));
  };

  const remove = (call: Call): void => {
    const object = objectOf(call);
    checkPreconditions(call, object);
    objects.delete(object);
  };

  const list = (call: Call): object => {
    const found = objects.list(bucketOf(call), call.query.get("prefix") ?? "");
    return { kind: "storage#objects", ...(found.length > 0 && { items: found.map(objectMessage) }) };
  };

  return {
    "GET /storage/v1/b/{bucket}/o": list,
    "GET /storage/v1/b/{bucket}/o/{object}": get,
    "GET /download/storage/v1/b/{bucket}/o/{object}": (call) => {
      call.query.set("alt", "media");
      return get(call);
    },
    "DELETE /storage/v1/b/{bucket}/o/{object}": remove,
    "POST /upload/storage/v1/b/{bucket}/o": insert,
  };
}

/** Source: https://cloud.google.com/storage/docs/request-preconditions; 0 is the generation of an object that does not exist. */
function checkPreconditions({ query }: Call, object: StoredObject | undefined): void {
  const current = { generation: object?.generation ?? "0", metageneration: object?.metageneration ?? "0" };
  const fails = (["generation", "metageneration"] as const).some((field) => {
    const name = `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
    const equal = query.get(`if${name}Match`);
    const different = query.get(`if${name}NotMatch`);
    return (equal !== null && equal !== current[field]) || (different !== null && different === current[field]);
  });
  if (fails) {
    throw new ReasonError(
      412,
      "conditionNotMet",
      "At least one of the pre-conditions you specified did not hold.",
      "FAILED_PRECONDITION",
    );
  }
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) {
    return body;
  }
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body ?? ""));
}

import { z } from "zod";

import { readBody } from "./body";
import { type Context, timestamp } from "./context";
import { ApiError } from "./error";
import type { Call, Routes } from "./http";
import { requireApi } from "./vertex/names";

const seekBody = z.strictObject({ time: z.iso.datetime() });

const kind = "subscription-seek";

/** Reading a subscription back to a time. What is remembered is to when. Source: google/pubsub/v1/pubsub.proto */
export function seekRoutes(context: Context): Routes {
  const seek = (call: Call): object => {
    const project = context.numbers.idOf(call.params["project"]!);
    requireApi(context, project, "pubsub.googleapis.com", "Cloud Pub/Sub API");
    const name = `projects/${project}/subscriptions/${call.params["subscription"]!}`;
    if (!context.cloud.get("google_pubsub_subscription", name)) {
      throw new ApiError("NOT_FOUND", `Resource not found (resource=${call.params["subscription"]!}).`);
    }
    const { time } = readBody(call, seekBody);
    context.store.put(kind, name, timestamp(Date.parse(time)));
    return {};
  };
  return { "POST /v1/projects/{project}/subscriptions/{subscription}:seek": seek };
}

/** When a subscription was last read back to. */
export function lastSeek({ store }: Pick<Context, "store">, subscription: string): string | undefined {
  return store.get(kind, subscription);
}

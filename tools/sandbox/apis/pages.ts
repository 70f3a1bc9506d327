import { ApiError } from "./error";
import type { Call } from "./http";

/** One page of a list, under its name, with the token of the next; an empty list is absent, as in all of Google's JSON. */
export function paged(call: Call, name: string, items: readonly object[], defaultSize = 100): object {
  const size = Number(call.query.get("pageSize") ?? 0) || defaultSize;
  const from = Number(call.query.get("pageToken") ?? 0);
  if (!Number.isInteger(from) || from < 0 || size < 0) {
    throw new ApiError("INVALID_ARGUMENT", "'page_token' must be one that an earlier page gave.");
  }
  const page = items.slice(from, from + size);
  const more = from + size < items.length;
  return { ...(page.length > 0 && { [name]: page }), ...(more && { nextPageToken: String(from + size) }) };
}

import type { CloudClient } from "../../rollout/cloud-client";
import { isInterrupted } from "../interruption";
import { InterruptedError } from "../processes";

/** Refuses to call once this process was asked to end: who waits for something asks for it again and again, and so ends soon. */
export function interruptible(client: CloudClient): CloudClient {
  return {
    call: (method, url, body, isRead) =>
      isInterrupted() ? Promise.reject(new InterruptedError()) : client.call(method, url, body, isRead),
    now: () => client.now(),
    actor: () => client.actor(),
  };
}

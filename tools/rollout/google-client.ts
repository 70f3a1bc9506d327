import { userInfo } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

import type { GoogleAuth } from "google-auth-library";

import { type CloudClient, CloudError, send } from "./cloud-client";

const scope = "https://www.googleapis.com/auth/cloud-platform";

/** What goes by: nobody answered, too many calls, or an outage. */
const passing = [0, 429, 500, 502, 503, 504];

/** A rollout is followed for days: half a minute without an answer must not end that. */
const mostTries = 6;

/** Google's APIs, with the user's own credentials: those of `gcloud auth application-default login`, or of a service account. */
export class GoogleClient implements CloudClient {
  private time = Date.now();
  private auth: Promise<GoogleAuth> | undefined;

  /** @param pauseMillis before a read is sent for the second time; twice as long before each after that */
  constructor(private readonly pauseMillis = 1_000) {}

  async call(method: string, url: string, body?: unknown, isRead = method === "GET"): Promise<unknown> {
    for (let pause = this.pauseMillis, tries = 1; ; pause *= 2, tries++) {
      try {
        return await this.send(method, url, body);
      } catch (error) {
        const passes = error instanceof CloudError && passing.includes(error.status);
        if (!isRead || !passes || tries === mostTries) {
          throw error;
        }
        await wait(pause);
      }
    }
  }

  now(): number {
    return this.time;
  }

  async actor(): Promise<string> {
    const { client_email: account } = await (
      await this.credentials()
    )
      .getCredentials()
      .catch(() => ({ client_email: undefined }));
    return account ?? userInfo().username;
  }

  /** Loaded with the first call: most commands do without. */
  private credentials(): Promise<GoogleAuth> {
    return (this.auth ??= import("google-auth-library").then((library) => new library.GoogleAuth({ scopes: [scope] })));
  }

  private async send(method: string, url: string, body: unknown): Promise<unknown> {
    const headers = await this.authorization(url);
    if (body !== undefined) {
      headers.set("content-type", "application/json");
    }
    const request = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    return send(url, request, (time) => (this.time = time));
  }

  /** The token, and the project that the quota of a user's calls is taken from. */
  private async authorization(url: string): Promise<Headers> {
    try {
      return new Headers(await (await this.credentials()).getRequestHeaders(url));
    } catch (error) {
      throw new CloudError(
        401,
        `no credentials of Google Cloud: run 'gcloud auth application-default login' (${(error as Error).message})`,
      );
    }
  }
}

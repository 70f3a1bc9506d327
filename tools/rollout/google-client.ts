import { userInfo } from "node:os";

import type { GoogleAuth } from "google-auth-library";

import { type CloudClient, CloudError, send } from "./cloud-client";

const scope = "https://www.googleapis.com/auth/cloud-platform";

/** Google's APIs, with the user's own credentials: those of `gcloud auth application-default login`, or of a service account. */
export class GoogleClient implements CloudClient {
  private time = Date.now();
  private auth: Promise<GoogleAuth> | undefined;

  async call(method: string, url: string, body?: unknown): Promise<unknown> {
    const authorization = `Bearer ${await this.token()}`;
    const headers = { authorization, ...(body !== undefined && { "content-type": "application/json" }) };
    const request = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    return send(url, request, (time) => (this.time = time));
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

  private async token(): Promise<string> {
    try {
      const token = await (await this.credentials()).getAccessToken();
      if (token) {
        return token;
      }
    } catch (error) {
      throw new CloudError(
        401,
        `no credentials of Google Cloud: run 'gcloud auth application-default login' (${(error as Error).message})`,
      );
    }
    throw new CloudError(401, "no credentials of Google Cloud: run 'gcloud auth application-default login'");
  }
}

import type { GoogleApis } from "../apis/apis";
import { ConnectionLostError } from "../apis/faults";
import { ConnectionProblem, type HttpHandler } from "../workflows/runner";

/**
 * Answers the requests of workflows from the sandbox's own APIs, within this process: Google's hosts by their real names, and no other.
 * Nothing leaves the machine.
 */
export function googleHttp(apis: Pick<GoogleApis, "handle">): HttpHandler {
  return async ({ method, url, headers, body }) => {
    const { protocol, hostname } = new URL(url);
    if (protocol !== "https:" || !hostname.endsWith(".googleapis.com")) {
      throw new ConnectionProblem(
        "ConnectionFailedError",
        `the sandbox connects to https://*.googleapis.com alone, got ${protocol}//${hostname}`,
      );
    }
    try {
      const bytes = typeof body === "string" ? Buffer.from(body) : body;
      const answer = await apis.handle({ method, url, headers, body: bytes });
      return {
        code: answer.status,
        headers: answer.headers,
        body: answer.body instanceof Uint8Array ? answer.body : JSON.stringify(answer.body),
      };
    } catch (error) {
      if (error instanceof ConnectionLostError) {
        throw new ConnectionProblem("ConnectionError", error.message);
      }
      throw error;
    }
  };
}

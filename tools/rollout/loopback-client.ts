import { userInfo } from "node:os";

import { type CloudClient, send } from "./cloud-client";

/** The APIs of a running sandbox. Everything goes there, whatever host a URL names: nothing leaves the machine. */
export class LoopbackClient implements CloudClient {
  private time = Date.now();

  /** @param base where they answer, such as `http://127.0.0.1:40000` */
  constructor(private readonly base: string) {}

  async call(method: string, url: string, body?: unknown): Promise<unknown> {
    const { host, pathname, search } = new URL(url);
    const request = {
      method,
      ...(body !== undefined && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    };
    return send(`${this.base}/${host}${pathname}${search}`, request, (time) => (this.time = time));
  }

  now(): number {
    return this.time;
  }

  actor(): Promise<string> {
    return Promise.resolve(userInfo().username);
  }
}

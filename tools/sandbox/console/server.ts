import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { z } from "zod";

import { foreignBecause } from "../foreign-request";
import { formatJson } from "../values/json";
import { Broadcast } from "./broadcast";
import { decide, NotAskedError } from "./decide";
import { Feed } from "./feed";
import { pageFiles } from "./page-files";
import { type ConsoleSource, resourceIn } from "./source";

/** Nothing but the page's own files, and no page around it. */
const headers = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

const decisionBody = z.strictObject({
  model: z.string(),
  rollout: z.string(),
  decision: z.enum(["approve", "rollback"]),
});

const maxBodyBytes = 4_096;

export interface ConsoleServerOptions {
  readonly source: ConsoleSource;

  /** @default - chosen by the system */
  readonly port?: number;

  /**
   * Is told what the page could not be told.
   * @default - nobody is
   */
  readonly onError?: (error: Error) => void;

  /**
   * How often pages are brought up to date, in real milliseconds.
   * @default 300
   */
  readonly everyMillis?: number;
}

/** Serves the console on loopback. */
export class ConsoleServer {
  static async listen(options: ConsoleServerOptions): Promise<ConsoleServer> {
    const { source, port = 0, onError = () => undefined, everyMillis = 300 } = options;
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    return new ConsoleServer(server, source, onError, everyMillis);
  }

  /** Pages that this server served know it, and no other page does. */
  private readonly token = randomBytes(24).toString("base64url");
  private readonly files = pageFiles();
  private readonly feed: Feed;
  private readonly broadcast: Broadcast;

  private constructor(
    private readonly server: Server,
    private readonly source: ConsoleSource,
    private readonly onError: (error: Error) => void,
    everyMillis: number,
  ) {
    this.feed = new Feed(source);
    this.broadcast = new Broadcast(this.feed, onError, everyMillis);
    server.on("request", (request, response) => {
      void this.answer(request, response);
    });
  }

  /** `http://127.0.0.1:40000` */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.broadcast.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    Object.entries(headers).forEach(([name, value]) => response.setHeader(name, value));
    try {
      await this.route(request, response);
    } catch (error) {
      this.onError(error as Error);
      if (response.headersSent) {
        response.destroy();
      } else {
        refuse(response, 500, `the console failed: ${(error as Error).message}`);
      }
    }
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const foreign = foreignBecause(request);
    if (foreign !== undefined) {
      refuse(response, 403, foreign);
      return;
    }
    const { pathname, searchParams } = new URL(request.url ?? "/", this.url);
    if (request.method === "POST" && pathname === "/api/decisions") {
      await this.takeDecision(request, response);
      return;
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      refuse(response, 405, `the console only reads; it was asked to ${request.method ?? ""} ${pathname}`);
      return;
    }
    switch (pathname) {
      case "/events":
        this.broadcast.join(response, request.headers["last-event-id"]?.toString());
        return;
      case "/api/view":
        send(response, 200, "application/json", JSON.stringify({ clock: this.feed.clock(), ...this.feed.view() }));
        return;
      case "/api/resource":
        this.sendResource(response, searchParams.get("stack") ?? "", searchParams.get("address") ?? "");
        return;
      default:
        this.sendFile(response, pathname);
    }
  }

  private sendFile(response: ServerResponse, path: string): void {
    const file = this.files.get(path);
    if (!file) {
      refuse(response, 404, `the console has no ${path}`);
      return;
    }
    const content = path === "/" ? file.content.replace("{token}", this.token) : file.content;
    send(response, 200, file.type, content);
  }

  private sendResource(response: ServerResponse, stack: string, address: string): void {
    const resource = resourceIn(this.source, stack, address);
    if (!resource) {
      refuse(response, 404, `the sandbox holds no resource '${address}' of stack '${stack}'`);
      return;
    }
    send(response, 200, "application/json", formatJson(resource.values));
  }

  private async takeDecision(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.isFromPage(request)) {
      refuse(response, 403, "decisions are taken from the console's own page alone; reload it");
      return;
    }
    const body = decisionBody.safeParse(await readJson(request));
    if (!body.success) {
      refuse(response, 400, `a decision must have 'model', 'rollout' and 'decision' (approve or rollback)`);
      return;
    }
    const { model, rollout, decision } = body.data;
    try {
      decide(this.source, model, rollout, decision);
    } catch (error) {
      if (error instanceof NotAskedError) {
        refuse(response, 409, error.message);
        return;
      }
      throw error;
    }
    send(response, 200, "application/json", "{}");
  }

  private isFromPage({ headers: given }: IncomingMessage): boolean {
    const token = Buffer.from(given["x-console-token"]?.toString() ?? "");
    return token.length === this.token.length && timingSafeEqual(token, Buffer.from(this.token));
  }
}

function send(response: ServerResponse, status: number, type: string, content: string): void {
  response.writeHead(status, { "content-type": type });
  response.end(content);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  send(response, status, "application/json", JSON.stringify({ error: message }));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
    if (Buffer.concat(parts).length > maxBodyBytes) {
      return undefined;
    }
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString()) as unknown;
  } catch {
    return undefined;
  }
}

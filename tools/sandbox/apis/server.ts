import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { foreignBecause } from "../foreign-request";
import type { GoogleApis } from "./apis";
import { ApiError } from "./error";
import { ConnectionLostError } from "./faults";

/** Largest body that is read: the limit of the services for JSON is below that. */
const maxBodyBytes = 32 * 1024 * 1024;

/** What is served. */
export interface Served extends Pick<GoogleApis, "handle"> {
  /** Time on the clock: answers carry it as their date, as Google's do. */
  now?(): number;
}

/** Serves the APIs on loopback, at a port that the system chooses: `http://127.0.0.1:{port}/{host of Google}/...`. */
export class ApiServer {
  static async listen(apis: Served): Promise<ApiServer> {
    const server = createServer((request, response) => {
      void answer(apis, request, response);
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", resolve);
    });
    return new ApiServer(server);
  }

  private constructor(private readonly server: Server) {}

  /** `http://127.0.0.1:40000` */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function answer(apis: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { address, port } = request.socket.address() as AddressInfo;
  const foreign = foreignBecause(request);
  if (foreign !== undefined) {
    refuse(response, new ApiError("PERMISSION_DENIED", foreign));
    return;
  }
  try {
    const body = await readAll(request);
    const url = `http://${address}:${port}${request.url ?? "/"}`;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(", ")]),
    );
    const answered = await apis.handle({ method: request.method ?? "GET", url, headers, body });
    response.setHeader("date", new Date(apis.now?.() ?? Date.now()).toUTCString());
    response.writeHead(answered.status, answered.headers);
    response.end(answered.body instanceof Uint8Array ? answered.body : JSON.stringify(answered.body));
  } catch (error) {
    if (error instanceof ConnectionLostError || response.headersSent) {
      request.socket.destroy();
      return;
    }
    refuse(response, new ApiError("INTERNAL", `The sandbox failed: ${(error as Error).message}`));
  }
}

function refuse(response: ServerResponse, { httpStatus, body }: ApiError): void {
  response.writeHead(httpStatus, { "content-type": "application/json; charset=UTF-8" });
  response.end(JSON.stringify(body));
}

async function readAll(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += (part as Buffer).length;
    if (length > maxBodyBytes) {
      throw new Error(`a request must be at most ${maxBodyBytes} bytes`);
    }
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

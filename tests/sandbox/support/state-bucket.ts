import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface StoredObject {
  readonly generation: number;
  readonly data: string;
}

/** Cloud Storage as far as Terraform's gcs backend calls it: one bucket, generations and their preconditions. */
export class StateBucket {
  readonly objects = new Map<string, StoredObject>();
  /** Methods and names of what was written or deleted. */
  readonly writes: string[] = [];
  private generation = 1_000;
  private server: Server | undefined;

  /** Starts to listen on loopback; the environment with which Terraform finds it. */
  async start(): Promise<NodeJS.ProcessEnv> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => this.server!.listen(0, "127.0.0.1", resolve));
    const { port } = this.server.address() as AddressInfo;
    return {
      GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT: `http://127.0.0.1:${port}/storage/v1/`,
      GOOGLE_OAUTH_ACCESS_TOKEN: "token",
    };
  }

  stop(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }

  put(name: string, data: string): number {
    this.objects.set(name, { generation: ++this.generation, data });
    return this.generation;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, "http://localhost");
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const reply = (status: number, body: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

    if (request.method === "GET" && /\/b\/[^/]+\/o$/.test(pathname)) {
      const names = [...this.objects.keys()].filter((name) => name.startsWith(searchParams.get("prefix") ?? ""));
      return void reply(200, { items: names.map((name) => this.described(name)) });
    }
    const name = searchParams.get("name") ?? decodeURIComponent(/^(?:.*\/o|\/[^/]+)\/(.*)$/.exec(pathname)![1]!);
    const found = this.objects.get(name);
    const wanted = searchParams.get("ifGenerationMatch");
    if (wanted !== null && wanted !== `${found?.generation ?? 0}`) {
      return void reply(412, { error: { code: 412, message: "conditionNotMet" } });
    }
    if (request.method === "POST") {
      this.writes.push(`write ${name}`);
      this.put(name, contentOf(request.headers["content-type"]!, Buffer.concat(chunks).toString()));
      return void reply(200, this.described(name));
    }
    if (found === undefined) {
      return void reply(404, { error: { code: 404, message: "notFound" } });
    }
    if (request.method === "DELETE") {
      this.writes.push(`delete ${name}`);
      this.objects.delete(name);
      return void response.writeHead(204).end();
    }
    if (searchParams.get("alt") === "json") {
      return void reply(200, this.described(name));
    }
    response.writeHead(200, { "x-goog-generation": `${found.generation}`, "x-goog-metageneration": "1" });
    response.end(found.data);
  }

  private described(name: string): object {
    const { generation, data } = this.objects.get(name)!;
    return { name, generation: `${generation}`, metageneration: "1", size: `${Buffer.byteLength(data)}` };
  }
}

/** The second part of a multipart upload: the first describes the object. */
function contentOf(contentType: string, body: string): string {
  const boundary = `--${/boundary="?([^";]+)/.exec(contentType)![1]!}`;
  const part = body.split(boundary)[2]!;
  return part.slice(part.indexOf("\r\n\r\n") + 4).replace(/\r\n$/, "");
}

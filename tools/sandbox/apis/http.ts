import { ApiError } from "./error";

/** A request as a workflow sends it, its body JSON already read. */
export interface ApiRequest {
  readonly method: string;
  /** `https://{host}/{path}`, or, on loopback, `http://127.0.0.1:{port}/{host}/{path}` */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A JSON value; bytes where something else is uploaded. */
  readonly body?: unknown;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON value, or the bytes of an object. */
  readonly body: unknown;
}

/** One call, its path taken apart. */
export interface Call {
  readonly host: string;
  readonly path: string;
  /** Values of the template's names, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** Bytes to answer with, instead of JSON. */
export class Media {
  constructor(
    readonly bytes: Uint8Array,
    readonly headers: Readonly<Record<string, string>>,
  ) {}
}

export type Handler = (call: Call) => unknown;

/** Methods of one service by verb and path template: `GET /v1/projects/{project}/locations/{location}/endpoints`. */
export type Routes = Readonly<Record<string, Handler>>;

interface Route {
  readonly key: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly handler: Handler;
}

/** Finds the method that a path means. Templates with a custom verb (`:predict`) come before those without. */
export class Router {
  private readonly routes: readonly Route[];

  constructor(routes: Routes) {
    this.routes = Object.entries(routes)
      .sort(([a], [b]) => Number(/:\w+$/.test(b)) - Number(/:\w+$/.test(a)))
      .map(([key, handler]) => compile(key, handler));
  }

  /** Keys of `Routes`. */
  get keys(): readonly string[] {
    return this.routes.map(({ key }) => key);
  }

  find(method: string, path: string): { key: string; handler: Handler; params: Record<string, string> } {
    for (const route of this.routes) {
      const match = route.method === method ? route.pattern.exec(path) : null;
      if (match) {
        const params = route.names.map((name, index) => [name, decode(match[index + 1]!)] as const);
        return { key: route.key, handler: route.handler, params: Object.fromEntries(params) };
      }
    }
    throw new ApiError("UNIMPLEMENTED", `${method} ${path} is not answered by the sandbox; its README lists what is`);
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ApiError("INVALID_ARGUMENT", `The path has '${text}', which is not percent-encoded UTF-8`);
  }
}

function compile(key: string, handler: Handler): Route {
  const [method, template] = key.split(" ") as [string, string];
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const pattern = template
    .split(/\{\w+\}/)
    .map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("([^/]+)");
  return { key, method, pattern: new RegExp(`^${pattern}$`), names, handler };
}

/** Host and path of a request: on loopback the host is the first segment of the path. */
export function locate(url: string): { host: string; path: string; query: URLSearchParams } {
  const { hostname, pathname, searchParams } = new URL(url);
  if (hostname !== "127.0.0.1" && hostname !== "localhost") {
    return { host: hostname, path: pathname, query: searchParams };
  }
  const [, host = "", rest = ""] = /^\/([^/]*)(\/.*)?$/.exec(pathname) ?? [];
  return { host, path: rest, query: searchParams };
}

import { z } from "zod";

import { readBody } from "./apis/body";
import { ApiError } from "./apis/error";
import { type ApiRequest, type ApiResponse, type Call, locate, Router } from "./apis/http";
import { trafficProfile } from "./apis/traffic";
import { faultRoutes } from "./control-faults";
import type { Runtime } from "./runtime";

/** Host that the sandbox is controlled at, beside those of Google: `http://127.0.0.1:{port}/sandbox/v1/...`. */
export const controlHost = "sandbox";

const clockBody = z.strictObject({ pace: z.number().positive().max(100_000) });

/** What only a sandbox can be asked: who calls the endpoints, how fast time passes, what goes wrong, where its console is. */
export class Control {
  private readonly router: Router;

  constructor(private readonly runtime: Runtime) {
    const { apis } = runtime;
    const endpoint = "/v1/projects/{project}/locations/{location}/endpoints/{endpoint}/traffic";
    this.router = new Router({
      [`GET ${endpoint}`]: (call) => apis.traffic.get(nameOf(call)) ?? {},
      [`PUT ${endpoint}`]: (call) => {
        apis.traffic.set(nameOf(call), readBody(call, trafficProfile));
        return apis.traffic.get(nameOf(call))!;
      },
      [`DELETE ${endpoint}`]: (call) => {
        apis.traffic.stop(nameOf(call));
        return {};
      },
      "GET /v1/clock": () => this.clock(),
      "PATCH /v1/clock": (call) => {
        runtime.clock.pace = readBody(call, clockBody).pace;
        return this.clock();
      },
      "GET /v1/leftAlone": () => ({ resources: Object.fromEntries(runtime.leftAlone.all) }),
      "GET /v1/console": () => ({ url: runtime.consoleUrl ?? null }),
      ...faultRoutes(apis),
      "POST /v1/forget": () => {
        runtime.forget();
        return {};
      },
    });
  }

  /** Whether a request is for the control, and not for an API of Google's. */
  static isFor(request: ApiRequest): boolean {
    return locate(request.url).host === controlHost;
  }

  async handle(request: ApiRequest): Promise<ApiResponse> {
    const headers = { "content-type": "application/json; charset=UTF-8" };
    try {
      const { host, path, query } = locate(request.url);
      const { handler, params } = this.router.find(request.method, path);
      const call: Call = { host, path, params, query, body: request.body, headers: request.headers ?? {} };
      return { status: 200, headers, body: await handler(call) };
    } catch (error) {
      const refusal = error instanceof ApiError ? error : new ApiError("INVALID_ARGUMENT", (error as Error).message);
      return { status: refusal.httpStatus, headers, body: refusal.body };
    }
  }

  private clock(): object {
    const { clock } = this.runtime;
    return { now: new Date(clock.now()).toISOString(), pace: clock.pace };
  }
}

function nameOf({ params }: Call): string {
  return `projects/${params["project"]!}/locations/${params["location"]!}/endpoints/${params["endpoint"]!}`;
}

import { z } from "zod";

import { didYouMean } from "../../config/nearest";
import type { GoogleApis } from "./apis/apis";
import { readBody } from "./apis/body";
import { isMeant } from "./apis/call-name";
import { ApiError, type Status, statuses } from "./apis/error";
import type { Fault, FaultRule } from "./apis/faults";
import type { Routes } from "./apis/http";

const status = z.enum(statuses as [Status, ...Status[]]);
const text = z.string().exactOptional();
const fault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("refuse"), status, message: text }),
  z.strictObject({ kind: z.literal("lose-response") }),
  z.strictObject({ kind: z.literal("slow"), seconds: z.number().positive() }),
  z.strictObject({ kind: z.literal("fail-operation"), status, message: text }),
  z.strictObject({ kind: z.literal("stale-etag") }),
  z.strictObject({ kind: z.literal("no-metrics") }),
  z.strictObject({ kind: z.literal("late-metrics"), minutes: z.number().positive() }),
]);
const ruleBody = z.strictObject({
  call: text,
  method: text,
  path: text,
  nth: z.int().min(1).exactOptional(),
  times: z.int().min(1).exactOptional(),
  fault,
});

/** The methods that faults of a kind befall; those of other kinds befall all. */
const befalls: Partial<Readonly<Record<Fault["kind"], string>>> = {
  "stale-etag": "vertex.endpoints.patch",
  "no-metrics": "monitoring.timeSeries.list",
  "late-metrics": "monitoring.timeSeries.list",
};

/** What goes wrong with the APIs: asked, added to, and taken away. */
export function faultRoutes(apis: GoogleApis): Routes {
  return {
    "GET /v1/faults": () => ({ faults: apis.faults.list(), calls: apis.callNames }),
    "POST /v1/faults": (call) => {
      const rule = readBody(call, ruleBody);
      checkCall(rule, apis.callNames);
      apis.faults.add(rule);
      return {};
    },
    "DELETE /v1/faults": () => {
      apis.faults.clear();
      return {};
    },
  };
}

function checkCall({ call, fault: { kind } }: FaultRule, names: readonly string[]): void {
  if (call === undefined) {
    return;
  }
  const meant = names.filter((name) => isMeant(call, name));
  if (meant.length === 0) {
    throw new ApiError("INVALID_ARGUMENT", unknownCall(call, names));
  }
  const befallen = befalls[kind];
  if (befallen !== undefined && !meant.includes(befallen)) {
    throw new ApiError("INVALID_ARGUMENT", `The fault '${kind}' befalls ${befallen} alone, got '${call}'`);
  }
}

function unknownCall(call: string, names: readonly string[]): string {
  const [service, ...rest] = call.split(".") as [string, ...string[]];
  const ofService = names.filter((name) => isMeant(service, name));
  if (ofService.length === 0) {
    const services = [...new Set(names.map((name) => name.slice(0, name.indexOf("."))))];
    return `There is no service '${service}': it must be one of ${services.join(", ")}${didYouMean(service, services)}`;
  }
  const calls = ofService.map((name) => name.slice(service.length + 1));
  return `${service} has no call '${rest.join(".")}': it has ${calls.join(", ")}${didYouMean(rest.join("."), calls)}`;
}

import { type Status, statuses, statusOfHttp } from "../sandbox/apis/error";
import type { Fault, FaultRule } from "../sandbox/apis/faults";

/** How faults are written on the command line. */
export const faultForms = [
  "503 or another status of HTTP",
  "UNAVAILABLE or another code",
  "lose-response",
  "slow=30s",
  "fail-operation",
  "fail-operation=INTERNAL",
  "stale-etag",
  "no-metrics",
  "late-metrics=10m",
] as const;

/** The fault that a text means; `undefined` where it means none. */
export function readFault(text: string): Fault | undefined {
  const [, kind, value] = /^([^=]+)(?:=(.+))?$/.exec(text) ?? [];
  const refusal = statusOf(text);
  if (refusal !== undefined) {
    return { kind: "refuse", status: refusal };
  }
  switch (kind) {
    case "lose-response":
    case "stale-etag":
    case "no-metrics":
      return value === undefined ? { kind } : undefined;
    case "slow": {
      const seconds = secondsOf(value);
      return seconds === undefined ? undefined : { kind, seconds };
    }
    case "late-metrics": {
      const seconds = secondsOf(value);
      return seconds === undefined ? undefined : { kind, minutes: seconds / 60 };
    }
    case "fail-operation": {
      const status = statusOf(value ?? "INTERNAL");
      return status === undefined ? undefined : { kind, status };
    }
    default:
      return undefined;
  }
}

/** A rule in one line: the calls, what befalls them, and how often it did. */
export function faultRuleText({
  call,
  method,
  path,
  nth = 1,
  times = 1,
  fault,
  struck,
}: FaultRule & { struck: number }): string {
  const calls = [call, method, path].filter((part) => part !== undefined).join(" ") || "any call";
  const from = nth === 1 ? "" : `, from call ${nth} on`;
  return `${calls}  ${faultText(fault)}  struck ${struck} of ${times}${from}`;
}

function faultText(fault: Fault): string {
  switch (fault.kind) {
    case "refuse":
      return fault.status;
    case "slow":
      return `slow=${fault.seconds}s`;
    case "late-metrics":
      return `late-metrics=${fault.minutes}m`;
    case "fail-operation":
      return `fail-operation=${fault.status}`;
    default:
      return fault.kind;
  }
}

function statusOf(text: string): Status | undefined {
  return /^\d+$/.test(text) ? statusOfHttp(Number(text)) : statuses.find((status) => status === text.toUpperCase());
}

function secondsOf(text = ""): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([sm])$/.exec(text) ?? [];
  const seconds = Number(number) * (unit === "m" ? 60 : 1);
  return seconds > 0 ? seconds : undefined;
}

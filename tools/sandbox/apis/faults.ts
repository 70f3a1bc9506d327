import { isMeant } from "./call-name";
import { ApiError, rpcStatus, type RpcStatus, type Status } from "./error";

/** What goes wrong. */
export type Fault =
  /** Refused; nothing is changed. */
  | { readonly kind: "refuse"; readonly status: Status; readonly message?: string }
  /** Carried out, but the connection breaks before the answer arrives. */
  | { readonly kind: "lose-response" }
  /** The operation that the call starts takes longer; where it starts none, the answer does. */
  | { readonly kind: "slow"; readonly seconds: number }
  /** The operation that the call starts ends with an error. */
  | { readonly kind: "fail-operation"; readonly status: Status; readonly message?: string }
  /** Someone else writes the endpoint between the caller's read and its write. */
  | { readonly kind: "stale-etag" }
  /** Monitoring has no points for the call. */
  | { readonly kind: "no-metrics" }
  /** Points are visible that much later. */
  | { readonly kind: "late-metrics"; readonly minutes: number };

/** A fault, and the calls that it strikes. */
export interface FaultRule {
  /** @default - any */
  readonly method?: string;
  /**
   * Part of `{host}{path}`; `*` stands for anything: `*:deployModel`, `monitoring.googleapis.com*`.
   * @default - any
   */
  readonly path?: string;
  /**
   * Method of a service, or several: `vertex.endpoints.patch`, `vertex.patch`, `vertex`.
   * @default - any
   */
  readonly call?: string;
  /**
   * First call that is struck, counted from 1 among those that match.
   * @default 1
   */
  readonly nth?: number;
  /**
   * Calls that are struck from there on.
   * @default 1
   */
  readonly times?: number;
  readonly fault: Fault;
}

/** The connection broke: the caller does not know whether its call was carried out. */
export class ConnectionLostError extends Error {
  override readonly name = "ConnectionLostError";
}

const texts: Partial<Readonly<Record<Status, string>>> = {
  RESOURCE_EXHAUSTED: "Resource has been exhausted (e.g. check quota).",
  UNAVAILABLE: "The service is currently unavailable.",
  INTERNAL: "Internal error encountered.",
  DEADLINE_EXCEEDED: "Deadline exceeded.",
};

/** A call, as rules know it. */
export interface Target {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** Such as `vertex.endpoints.patch`. */
  readonly name: string;
}

/** Strikes calls by rule. */
export class Faults {
  private rules: { readonly rule: FaultRule; readonly pattern: RegExp; seen: number }[] = [];
  private struck: readonly Fault[] = [];

  add(...rules: readonly FaultRule[]): void {
    this.rules.push(...rules.map((rule) => ({ rule, pattern: globPattern(rule.path ?? "*"), seen: 0 })));
  }

  /** Rules, each with how many calls it struck. */
  list(): (FaultRule & { readonly struck: number })[] {
    return this.rules.map(({ rule, seen }) => {
      const { nth = 1, times = 1 } = rule;
      return { ...rule, struck: Math.min(Math.max(seen - nth + 1, 0), times) };
    });
  }

  clear(): void {
    this.rules = [];
    this.struck = [];
  }

  /** Counts a call and says what strikes it. Throws where it is refused. */
  strike({ method, host, path, name }: Target): readonly Fault[] {
    this.struck = this.rules
      .filter(({ rule, pattern }) => (rule.method ?? method) === method && pattern.test(host + path))
      .filter(({ rule }) => rule.call === undefined || isMeant(rule.call, name))
      .filter((entry) => {
        entry.seen++;
        const { nth = 1, times = 1 } = entry.rule;
        return entry.seen >= nth && entry.seen < nth + times;
      })
      .map(({ rule }) => rule.fault);
    const refusal = this.of("refuse");
    if (refusal) {
      throw new ApiError(
        refusal.status,
        refusal.message ?? texts[refusal.status] ?? "The sandbox was told to refuse this.",
      );
    }
    return this.struck;
  }

  /** The fault of a kind that strikes the call being served. */
  of<K extends Fault["kind"]>(kind: K): Extract<Fault, { kind: K }> | undefined {
    return this.struck.find((fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind);
  }

  /** What befalls the operation that the call being served starts. */
  ofOperation(): { readonly slowSeconds: number; readonly error?: RpcStatus } {
    const failure = this.of("fail-operation");
    const slow = this.of("slow");
    this.struck = this.struck.filter((fault) => fault !== slow);
    return {
      slowSeconds: slow?.seconds ?? 0,
      ...(failure && {
        error: rpcStatus(failure.status, failure.message ?? texts[failure.status] ?? "Operation failed."),
      }),
    };
  }
}

function globPattern(glob: string): RegExp {
  return new RegExp(
    `^${glob
      .split("*")
      .map((literal) => literal.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  );
}

import { rpcStatus, type RpcStatus, ApiError } from "./error";
import type { Call, Routes } from "./http";
import { type Clock, timestamp } from "./context";
import type { Faults } from "./faults";
import type { Store } from "./store";

/** A long-running operation. */
interface OperationRecord {
  readonly name: string;
  readonly type: string;
  readonly startedAt: number;
  readonly endsAt: number;
  readonly done: boolean;
  readonly effect: string;
  readonly input: unknown;
  readonly error?: RpcStatus;
  readonly response?: object;
}

/** What happens when an operation ends; its value is the operation's response. Throws `ApiError` where it fails. */
export type Effect = (input: never) => object;

/** What a service asks for. */
export interface OperationRequest {
  /** Resource that the operation is of: the operation's name starts with it. */
  readonly parent: string;
  /** Message of the metadata, such as `DeployModelOperationMetadata`. */
  readonly type: string;
  readonly minutes: number;
  /** Name of what `on` registered. */
  readonly effect: string;
  readonly input: unknown;
}

const kind = "operation";
const pendingKind = "pending-operation";
const minute = 60_000;

/** Operations that take time on the clock and have their effect when they end. */
export class Operations {
  private readonly effects = new Map<string, Effect>();

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly faults: Faults,
  ) {}

  /** Registers an effect by name: an operation that was started before a restart ends after it. */
  on(name: string, effect: Effect): void {
    this.effects.set(name, effect);
  }

  start(request: OperationRequest): object {
    const now = this.clock.now();
    const fault = this.faults.ofOperation();
    const count = (this.store.get<number>("counter", "operation") ?? 0) + 1;
    this.store.put("counter", "operation", count);
    const record: OperationRecord = {
      name: `${request.parent}/operations/${String(4_000_000_000_000_000_000n + BigInt(count))}`,
      type: request.type,
      startedAt: now,
      endsAt: now + request.minutes * minute + fault.slowSeconds * 1_000,
      done: false,
      effect: request.effect,
      input: request.input,
      ...(fault.error && { error: fault.error }),
    };
    this.store.put(kind, record.name, record);
    this.store.put(pendingKind, record.name, record.endsAt);
    return this.settle(now).get(record.name) ?? this.render(record);
  }

  /** Inputs of operations with an effect that have not ended. */
  pending<T>(effect: string): T[] {
    return this.store
      .list<number>(pendingKind)
      .map(([name]) => this.store.get<OperationRecord>(kind, name)!)
      .filter((record) => record.effect === effect)
      .map(({ input }) => input as T);
  }

  /** Ends what is due, in the order in which it is due. */
  settle(now: number): Map<string, object> {
    const due = this.store.list<number>(pendingKind).filter(([, endsAt]) => endsAt <= now);
    due.sort(([, a], [, b]) => a - b);
    return new Map(due.map(([name]) => [name, this.render(this.end(name))]));
  }

  readonly routes: Routes = Object.fromEntries(
    ["", "/endpoints/{resource}", "/models/{resource}", "/batchPredictionJobs/{resource}"].flatMap((resource) => {
      const parent = `/v1/projects/{project}/locations/{location}${resource}/operations`;
      return [
        [`GET ${parent}`, (call: Call) => this.list(call)],
        [`GET ${parent}/{operation}`, (call: Call) => this.get(call)],
        [`POST ${parent}/{operation}:wait`, (call: Call) => this.get(call)],
      ];
    }),
  );

  private get(call: Call): object {
    const name = call.path.replace(/^\/v1\//, "").replace(/:wait$/, "");
    const record = this.find(name);
    if (!record) {
      throw new ApiError("NOT_FOUND", `Operation '${name}' not found.`);
    }
    return this.render(record);
  }

  private list(call: Call): object {
    const parent = call.path.replace(/^\/v1\//, "");
    const operations = this.store
      .list<OperationRecord>(kind)
      .filter(([name]) => sameName(name.slice(0, name.lastIndexOf("/")), parent))
      .map(([, record]) => this.render(record));
    return { ...(operations.length > 0 && { operations }) };
  }

  /** By name; without its resource in between as well, and with the project's id for its number. */
  private find(name: string): OperationRecord | undefined {
    const id = name.slice(name.lastIndexOf("/") + 1);
    return this.store.list<OperationRecord>(kind).find(([each]) => each.endsWith(`/operations/${id}`))?.[1];
  }

  private end(name: string): OperationRecord {
    const record = this.store.get<OperationRecord>(kind, name)!;
    const ended = { ...record, done: true, ...this.outcome(record) };
    this.store.put(kind, name, ended);
    this.store.delete(pendingKind, name);
    return ended;
  }

  private outcome({ effect, input, error }: OperationRecord): { error: RpcStatus } | { response: object } {
    if (error) {
      return { error };
    }
    try {
      return { response: this.effects.get(effect)!(input as never) };
    } catch (failure) {
      if (failure instanceof ApiError) {
        return { error: rpcStatus(failure.status, failure.message) };
      }
      throw failure;
    }
  }

  private render({ name, type, startedAt, endsAt, done, error, response }: OperationRecord): object {
    const updatedAt = done ? endsAt : startedAt;
    return {
      name,
      metadata: {
        "@type": `type.googleapis.com/google.cloud.aiplatform.v1.${type}`,
        genericMetadata: { createTime: timestamp(startedAt), updateTime: timestamp(updatedAt) },
      },
      ...(done && { done }),
      ...(done && error && { error }),
      ...(done && response && { response }),
    };
  }
}

/** Names of one parent, whether they give the project's id or number. */
function sameName(a: string, b: string): boolean {
  const afterProject = (name: string) => name.split("/").slice(2).join("/");
  return afterProject(a) === afterProject(b);
}

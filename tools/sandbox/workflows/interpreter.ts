import { type Outside, callBlocking, sleep } from "./blocking";
import { type Code, evaluate } from "./code";
import { failure, WorkflowError } from "./errors";
import { limits } from "./limits";
import { position, truth } from "./operators";
import type { Action, Assignment, Body, Completion, Loop, Parallel, Program, Retry, StepList } from "./program";
import { describeFailure } from "./report";
import { type Call, type Context, Scope } from "./scope";
import { functions } from "./stdlib/functions";
import type { Surroundings } from "./stdlib/library";
import { isList, isMap, isNumber, mapOf, typeOf, type Value } from "./values";

/** A step that is about to be done, or was done. */
export interface StepEvent {
  readonly phase: "before" | "after";
  readonly name: string;
  readonly kind: Action["kind"];
  /** The (sub)workflow that it belongs to. */
  readonly routine: string;
  /** Calls of subworkflows around it. */
  readonly depth: number;
  readonly line: number;
  readonly column: number;
  /** How many steps were begun, this one included. */
  readonly count: number;
}

/** May wait, interrupt the execution, or throw a `WorkflowError` that the step then fails with. */
export type StepListener = (event: StepEvent) => void | Promise<void>;

type Ended = Promise<Completion | undefined>;

/** Does the steps of a program. */
export class Interpreter implements Context {
  steps = 0;
  private memory = 0;

  constructor(
    private readonly program: Program,
    private readonly outside: Outside,
    readonly surroundings: Surroundings,
    private readonly listener: StepListener | undefined,
  ) {}

  async main(argument: Value): Promise<Value> {
    const call: Call = { routine: "main", depth: 0, parallels: 0 };
    return this.routine(call, [argument]);
  }

  async call(name: string, given: readonly (Value | undefined)[], from: Scope): Promise<Value> {
    const depth = from.call.depth + 1;
    if (depth > limits.callDepth) {
      throw failure("RecursionError", `calls are nested more than ${limits.callDepth} deep`);
    }
    return this.routine({ routine: name, depth, parallels: from.call.parallels }, given);
  }

  allocate(bytes: number): void {
    this.memory += bytes;
    if (bytes > 0 && this.memory > limits.memoryBytes) {
      this.memory -= bytes;
      throw failure(
        "ResourceLimitError",
        `variables may take ${limits.memoryBytes} bytes at most, and would take ${this.memory + bytes}`,
      );
    }
  }

  private async routine(call: Call, given: readonly (Value | undefined)[]): Promise<Value> {
    const { parameters, steps } = this.program.routines.get(call.routine)!;
    const scope = new Scope(this, call);
    try {
      parameters.forEach(({ name, default: otherwise }, index) =>
        scope.declare(name, given[index] ?? otherwise ?? null),
      );
      const ended = await this.list(steps, scope);
      return ended?.kind === "return" ? ended.value : null;
    } finally {
      scope.release();
    }
  }

  private async list(list: StepList, scope: Scope): Ended {
    let index = 0;
    while (index < list.steps.length) {
      const step = list.steps[index]!;
      const ended = await this.body(step, step.name, scope);
      if (ended && !(ended.kind === "jump" && ended.list === list)) {
        return ended;
      }
      index = ended?.kind === "jump" ? ended.index : index + 1;
    }
    return undefined;
  }

  /** Does a step, and says where to go on; `undefined` is the step after it. */
  private async body(body: Body, name: string, scope: Scope): Ended {
    const { action } = body;
    this.outside.waits.check();
    this.steps += 1;
    if (this.steps > limits.steps) {
      throw new WorkflowError(
        failure("ResourceLimitError", `an execution may take ${limits.steps} steps at most`).value,
        true,
      );
    }
    try {
      await this.tell("before", body, name, scope);
      const ended = await this.action(action, name, scope);
      await this.tell("after", body, name, scope);
      return ended ?? body.next;
    } catch (error) {
      if (error instanceof WorkflowError && error.lastCall !== scope.call) {
        error.lastCall = scope.call;
        const { routine } = scope.call;
        error.stackTrace.push({ step: name, routine, position: { line: body.line, column: body.column } });
      }
      throw error;
    }
  }

  private async tell(phase: StepEvent["phase"], body: Body, name: string, { call }: Scope): Promise<void> {
    if (!this.listener) {
      return;
    }
    const { line, column, action } = body;
    const { routine, depth } = call;
    const told = this.listener({ phase, name, kind: action.kind, routine, depth, line, column, count: this.steps });
    if (told) {
      await this.outside.waits.until(told);
    }
    this.outside.waits.check();
  }

  private async action(action: Action, name: string, scope: Scope): Ended {
    switch (action.kind) {
      case "none":
        return undefined;
      case "assign":
        for (const assignment of action.assignments) {
          await assign(assignment, scope);
        }
        return undefined;
      case "call": {
        const value =
          "function" in action.call
            ? await this.blocking(action.call.function, action.call.given, scope)
            : await evaluate(action.call, scope);
        if (action.result !== undefined) {
          scope.set(action.result, value);
        }
        return undefined;
      }
      case "switch":
        for (const { condition, body } of action.cases) {
          if (truth(await evaluate(condition, scope), "a condition")) {
            return (await this.action(body.action, name, scope)) ?? body.next;
          }
        }
        return undefined;
      case "for":
        return this.loop(action.loop, scope);
      case "parallel":
        return this.parallel(action, scope);
      case "try":
        return this.attempt(action, name, scope);
      case "steps":
        return this.list(action.list, scope);
      case "return":
        return { kind: "return", value: await evaluate(action.value, scope) };
      case "raise": {
        const value = await evaluate(action.value, scope);
        if (typeof value !== "string" && !isMap(value)) {
          throw failure("TypeError", `only a string or a map can be raised, got ${typeOf(value)}`);
        }
        throw new WorkflowError(value);
      }
    }
  }

  private async blocking(name: string, parts: ReadonlyMap<string, Code>, scope: Scope): Promise<Value> {
    const given = new Map<string, Value>();
    for (const [parameter, part] of parts) {
      given.set(parameter, await evaluate(part, scope));
    }
    return callBlocking(name, given, this.outside);
  }

  private async loop(loop: Loop, scope: Scope): Ended {
    const items = await itemsOf(loop, scope);
    for (const [index, item] of items.entries()) {
      const ended = await scope.inside((inner) => this.iteration(loop, item, index, inner));
      if (ended?.kind === "break") {
        return undefined;
      }
      if (ended && ended.kind !== "continue") {
        return ended;
      }
    }
    return undefined;
  }

  private async iteration(loop: Loop, item: Value, index: number, scope: Scope): Ended {
    scope.declare(loop.value, item);
    if (loop.index !== undefined) {
      scope.declare(loop.index, BigInt(index));
    }
    return this.list(loop.list, scope);
  }

  /** All branches are done, whatever happens in one; the step fails after that. */
  private async parallel({ work, limit, shared }: Parallel, scope: Scope): Ended {
    const call: Call = { ...scope.call, parallels: scope.call.parallels + 1 };
    if (call.parallels > limits.parallelNesting) {
      throw failure("ParallelNestingError", `parallel steps are nested more than ${limits.parallelNesting} deep`);
    }
    const branches =
      "over" in work
        ? (await itemsOf(work, scope)).map((item, index) => (inner: Scope) => this.iteration(work, item, index, inner))
        : work.map(
            ({ list }) =>
              (inner: Scope) =>
                this.list(list, inner),
          );
    const width = await widthOf(limit && (await evaluate(limit, scope)));
    const failed: { id: number; error: WorkflowError }[] = [];
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < branches.length) {
        const id = next++;
        try {
          await scope.inside(branches[id]!, call, shared);
        } catch (error) {
          if (!(error instanceof WorkflowError) || error.fatal) {
            throw error;
          }
          failed.push({ id, error });
        }
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: Math.min(width, branches.length) }, worker));
    for (const { reason } of ended.filter((one) => one.status === "rejected")) {
      throw reason;
    }
    if (failed.length > 0) {
      throw unhandledBranches(failed);
    }
    return undefined;
  }

  private async attempt(action: Action & { kind: "try" }, name: string, scope: Scope): Ended {
    for (let retries = 0; ; retries++) {
      try {
        return await this.body(action.body, name, scope);
      } catch (error) {
        if (!(error instanceof WorkflowError) || error.fatal) {
          throw error;
        }
        if (action.retry && (await this.mayRetry(action.retry, retries, error, scope))) {
          continue;
        }
        const { except } = action;
        if (!except) {
          throw error;
        }
        return scope.inside((inner) => {
          inner.declare(except.variable, error.value);
          return this.list(except.list, inner);
        });
      }
    }
  }

  /** Waits before the next attempt, if there is to be one. */
  private async mayRetry(retry: Retry, retries: number, error: WorkflowError, scope: Scope): Promise<boolean> {
    const most = await evaluate(retry.maxRetries, scope);
    if (!isNumber(most)) {
      throw failure("TypeError", `'max_retries' must be a number, got ${typeOf(most)}`);
    }
    if (retries >= most) {
      return false;
    }
    const predicate = functions.get(retry.predicate);
    const answer = predicate
      ? predicate.call([error.value], this.surroundings)
      : await this.call(retry.predicate, [error.value], scope);
    if (!truth(answer, "the answer of a retry predicate")) {
      return false;
    }
    const backoff = await evaluate(retry.backoff, scope);
    const [initial, longest, factor] = ["initial_delay", "max_delay", "multiplier"].map((key) => {
      const value = isMap(backoff) ? backoff.get(key) : undefined;
      if (!isNumber(value)) {
        throw failure("TypeError", `'${key}' of a backoff must be a number`);
      }
      return Number(value);
    });
    await sleep(Math.min(longest!, initial! * factor! ** retries) * 1000, this.outside);
    return true;
  }
}

async function assign({ variable, path, value }: Assignment, scope: Scope): Promise<void> {
  const assigned = await evaluate(value, scope);
  if (path.length === 0) {
    scope.set(variable, assigned);
    return;
  }
  const keys: Value[] = [];
  for (const key of path) {
    keys.push(await evaluate(key, scope));
  }
  scope.set(variable, withPart(scope.get(variable), keys, assigned));
}

/** The container with another value at a path; of a map, the last key may be new. */
function withPart(container: Value, [key, ...rest]: readonly Value[], value: Value): Value {
  if (isList(container)) {
    const index = position(container, key!);
    return container.with(index, rest.length === 0 ? value : withPart(container[index]!, rest, value));
  }
  if (!isMap(container)) {
    throw failure("TypeError", `only parts of maps and lists can be assigned, got ${typeOf(container)}`);
  }
  if (typeof key !== "string") {
    throw failure("TypeError", `a key of a map must be a string, got ${typeOf(key!)}`);
  }
  const part = container.get(key);
  if (rest.length > 0 && part === undefined) {
    throw failure("KeyError", `key not found: ${key}`);
  }
  return new Map(container).set(key, rest.length === 0 ? value : withPart(part!, rest, value));
}

async function itemsOf({ over, items }: Loop, scope: Scope): Promise<readonly Value[]> {
  const value = await evaluate(items, scope);
  if (!isList(value)) {
    throw failure(
      "TypeError",
      `'${over}' must be a list, got ${typeOf(value)}${isMap(value) ? ": use keys(...)" : ""}`,
    );
  }
  if (over === "in") {
    return value;
  }
  const [first, last] = value;
  if (value.length !== 2 || !isNumber(first) || !isNumber(last)) {
    throw failure("TypeError", "'range' must be a list of two numbers");
  }
  const range: Value[] = [];
  for (let item = first; item <= last; item++) {
    range.push(item);
  }
  return range;
}

async function widthOf(limit: Value | undefined): Promise<number> {
  if (limit === undefined) {
    return limits.concurrency;
  }
  if (typeof limit !== "bigint" || limit < 1n) {
    throw failure("ValueError", "'concurrency_limit' must be an integer of 1 or more");
  }
  return Math.min(Number(limit), limits.concurrency);
}

function unhandledBranches(failed: readonly { id: number; error: WorkflowError }[]): WorkflowError {
  const branches = [...failed]
    .sort((a, b) => a.id - b.id)
    .map(({ id, error }) => {
      const { context, payload } = describeFailure(error);
      return mapOf({ id: String(id), error: mapOf({ context, payload }) });
    });
  return failure("UnhandledBranchError", "One or more branches or iterations encountered an unhandled runtime error", {
    branches,
  });
}

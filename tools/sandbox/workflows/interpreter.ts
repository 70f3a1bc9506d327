import { assign } from "./assign";
import { delayOf, numberOf } from "./backoff";
import { callBlocking, type Outside, sleep } from "./blocking";
import { runBranches } from "./branches";
import { type Code, evaluate } from "./code";
import { failure, WorkflowError } from "./errors";
import { itemsOf } from "./iterate";
import { limits } from "./limits";
import type { StepEvent, StepListener } from "./listener";
import { truth } from "./operators";
import type { Action, Body, Branch, Completion, Loop, Parallel, Program, Retry, StepList } from "./program";
import { type Call, type Context, Scope } from "./scope";
import { functions } from "./stdlib/functions";
import type { Surroundings } from "./stdlib/library";
import { isMap, typeOf, type Value } from "./values";

type Ended = Promise<Completion | undefined>;

/** What is done in a scope of its own. */
type Work = (scope: Scope) => Ended;

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
      parameters.forEach(({ name, default: otherwise = null }, index) => {
        const value = given[index];
        scope.declare(name, value === undefined ? otherwise : value);
      });
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
      if (this.listener) {
        await this.tell(this.listener, "before", body, name, scope);
      }
      const ended = await this.action(action, name, scope);
      if (this.listener) {
        await this.tell(this.listener, "after", body, name, scope);
      }
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

  private async tell(
    listener: StepListener,
    phase: StepEvent["phase"],
    { line, column, action }: Body,
    name: string,
    { call: { routine, depth } }: Scope,
  ): Promise<void> {
    const told = listener({ phase, name, kind: action.kind, routine, depth, line, column, count: this.steps });
    if (told) {
      await this.outside.waits.until(told);
    }
    this.outside.waits.check();
  }

  /** Does what a condition or a `try` holds: one step of its own, unless it only leads on. */
  private async nested(body: Body, name: string, scope: Scope): Ended {
    const { action } = body;
    if (action.kind === "none") {
      return body.next;
    }
    return action.kind === "steps"
      ? ((await this.list(action.list, scope)) ?? body.next)
      : this.body(body, name, scope);
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
            return this.nested(body, name, scope);
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
    for (const work of this.iterations(loop, await itemsOf(loop, scope))) {
      const ended = await scope.inside(work);
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
  private async parallel(action: Parallel, scope: Scope): Ended {
    const call: Call = { ...scope.call, parallels: scope.call.parallels + 1 };
    if (call.parallels > limits.parallelNesting) {
      throw failure("ParallelNestingError", `parallel steps are nested more than ${limits.parallelNesting} deep`);
    }
    const branches =
      "over" in action.work
        ? this.iterations(action.work, await itemsOf(action.work, scope))
        : this.branches(action.work);
    const limit = action.limit && (await evaluate(action.limit, scope));
    await runBranches(
      map(branches, (branch) => () => scope.inside(branch, call, action.shared)),
      limit,
    );
    return undefined;
  }

  private *iterations(loop: Loop, items: Iterable<Value>): Generator<Work> {
    let index = 0;
    for (const item of items) {
      const at = index++;
      yield (scope) => this.iteration(loop, item, at, scope);
    }
  }

  private *branches(branches: readonly Branch[]): Generator<Work> {
    for (const { list } of branches) {
      yield (scope) => this.list(list, scope);
    }
  }

  private async attempt(action: Action & { kind: "try" }, name: string, scope: Scope): Ended {
    for (let retries = 0; ; retries++) {
      try {
        return await this.nested(action.body, name, scope);
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

  /** Whether there is to be another attempt, after the wait that it asks for. */
  private async mayRetry(retry: Retry, retries: number, error: WorkflowError, scope: Scope): Promise<boolean> {
    if (retries >= numberOf(await evaluate(retry.maxRetries, scope), "'max_retries'")) {
      return false;
    }
    const predicate = functions.get(retry.predicate);
    const answer = predicate
      ? predicate.call([error.value], this.surroundings)
      : await this.call(retry.predicate, [error.value], scope);
    if (!truth(answer, "the answer of a retry predicate")) {
      return false;
    }
    await sleep(1000 * delayOf(await evaluate(retry.backoff, scope), retries), this.outside);
    return true;
  }
}

function* map<T, U>(items: Iterable<T>, make: (item: T) => U): Generator<U> {
  for (const item of items) {
    yield make(item);
  }
}

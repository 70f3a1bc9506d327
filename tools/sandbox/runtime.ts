import { GoogleApis } from "./apis/apis";
import { defaultDurations } from "./apis/context";
import { ApiServer } from "./apis/server";
import { FileStore } from "./apis/store";
import type { ApiRequest, ApiResponse } from "./apis/http";
import type { Cloud } from "./cloud";
import { Control } from "./control";
import { WorkflowEngine } from "./executions/workflow-engine";
import { keptClock } from "./kept-clock";
import type { ProjectNumbers } from "./project";
import { AlertPolicies } from "./triggers/alert-policies";
import { EventTriggers } from "./triggers/event-triggers";
import { LeftAlone } from "./triggers/left-alone";
import { everyMinute } from "./triggers/minutes";
import { Schedules } from "./triggers/schedules";
import type { SimulatedClock } from "./workflows/clock";

export interface RuntimeOptions {
  /** Project folder. */
  readonly root: string;
  readonly cloud: Cloud;
  readonly numbers: ProjectNumbers;
  /** Simulated seconds per real one. */
  readonly pace: number;
}

/** What runs in Google Cloud once Terraform has made it: APIs, workflows, schedules, triggers and alerts, on one clock. */
export class Runtime {
  readonly apis: GoogleApis;
  readonly engine: WorkflowEngine;
  readonly clock: SimulatedClock;
  readonly alerts: AlertPolicies;
  readonly leftAlone = new LeftAlone();
  /** Where its console answers; `undefined` where it has none. */
  consoleUrl: string | undefined;

  private readonly store: FileStore;
  private readonly control: Control;
  private readonly keepTime: () => void;
  private readonly stopMinutes: () => void;

  /** Only the process that holds the sandbox's lock may do this. */
  constructor({ root, cloud, numbers, pace }: RuntimeOptions) {
    const store = new FileStore(root);
    this.store = store;
    const { clock, keep } = keptClock(store, pace);
    this.clock = clock;
    this.keepTime = keep;
    this.apis = new GoogleApis({ cloud, clock, store, numbers });
    this.engine = new WorkflowEngine({ cloud, clock, store, numbers, apis: this.apis });
    this.apis.serveExecutions(this.engine);

    const { apis, leftAlone } = this;
    const triggers = new EventTriggers(cloud, this.engine, leftAlone);
    apis.pubsub.onMessage((topic, message) => {
      triggers.deliver(topic, message);
    });
    const schedules = new Schedules(cloud, apis, leftAlone);
    const { ingestionMinutes } = defaultDurations;
    this.alerts = new AlertPolicies({ cloud, store, apis, numbers, leftAlone, ingestionMinutes });
    this.control = new Control(this);
    const run = oneAtATime((now) => this.alerts.run(now));
    this.stopMinutes = everyMinute(clock, (now) => {
      this.note("schedules", schedules.run(now));
      this.note("alerts", run(now));
    });
  }

  handle(request: ApiRequest): Promise<ApiResponse> {
    return Control.isFor(request) ? this.control.handle(request) : this.apis.handle(request);
  }

  /** Forgets all but the time, as deleting the project would. */
  forget(): void {
    this.engine.close();
    this.store.clear();
    this.alerts.forget();
    this.leftAlone.forget();
    this.apis.faults.clear();
    this.keepTime();
  }

  /** What fails on the way, such as a connection that a fault breaks, is not lost. */
  private note(what: string, work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.leftAlone.add(what, (error as Error).message);
    });
  }

  close(): void {
    this.stopMinutes();
    this.engine.close();
    this.clock.stop();
    this.keepTime();
  }
}

/** Leaves out what comes while the last one is not done: minutes may pass faster than alerts are evaluated. */
function oneAtATime(work: (now: number) => Promise<void>): (now: number) => Promise<void> {
  let busy = false;
  return async (now) => {
    if (!busy) {
      busy = true;
      await work(now).finally(() => (busy = false));
    }
  };
}

/** A port on loopback, open before what answers there may begin. */
export class RuntimePort {
  static async open(): Promise<RuntimePort> {
    let runtime: Runtime | undefined;
    const server = await ApiServer.listen({
      handle: (request) => runtime!.handle(request),
      now: () => runtime!.clock.now(),
    });
    return new RuntimePort(server, (options) => (runtime = new Runtime(options)));
  }

  private constructor(
    private readonly server: ApiServer,
    /** Begins to answer; nobody knows the port before. */
    readonly begin: (options: RuntimeOptions) => Runtime,
  ) {}

  get url(): string {
    return this.server.url;
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

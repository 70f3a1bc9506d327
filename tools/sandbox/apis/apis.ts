import { ProjectNumbers } from "../project";
import { queryRoutes } from "./bigquery/queries";
import { rowRoutes } from "./bigquery/rows";
import { type Clock, type CloudStore, type Context, defaultDurations, type Durations } from "./context";
import { ApiError } from "./error";
import { type Executions, executionRoutes } from "./executions";
import { callName } from "./call-name";
import { ConnectionLostError, Faults } from "./faults";
import { type ApiRequest, type ApiResponse, type Call, locate, Media, Router, type Routes } from "./http";
import { Operations } from "./operations";
import { Pubsub } from "./pubsub";
import { Random } from "./random";
import { MemoryStore, type Store } from "./store";
import { dataflowRoutes } from "./dataflow";
import { seekRoutes } from "./seek";
import { timeSeriesRoutes } from "./monitoring/time-series";
import { objectRoutes } from "./storage/objects";
import { Traffic } from "./traffic";
import { deploymentRoutes } from "./vertex/deployments";
import { endpointRoutes } from "./vertex/endpoints";
import { evaluationRoutes } from "./vertex/evaluations";
import { jobRoutes } from "./vertex/jobs";
import { modelRoutes } from "./vertex/models";
import { predictionRoutes } from "./vertex/predictions";

export interface GoogleApisOptions {
  /** What Terraform made. */
  readonly cloud: CloudStore;

  readonly clock: Clock;

  /**
   * What the services keep at run time.
   * @default - in memory
   */
  readonly store?: Store;

  /**
   * Project numbers by project id.
   * @default - 12 digits derived from the project id
   */
  readonly projectNumbers?: Readonly<Record<string, string>>;

  /**
   * The same, shared with others.
   * @default - `projectNumbers`
   */
  readonly numbers?: ProjectNumbers;

  /**
   * Seed of everything that is drawn.
   * @default 1
   */
  readonly seed?: number;

  /**
   * How long things take on the clock.
   * @default - see `Durations`
   */
  readonly durations?: Partial<Durations>;
}

/** Stands in for the Google APIs that workflows call. */
export class GoogleApis {
  /** What goes wrong, by rule. */
  readonly faults = new Faults();

  /** Who calls the endpoints, and how that goes. */
  readonly traffic: Traffic;

  /** Messages, also for what is not pulled but pushed to. */
  readonly pubsub: Pubsub;

  /** What all services share, for those who look on. */
  readonly context: Context;
  private readonly services: Service[];

  constructor({
    cloud,
    clock,
    store = new MemoryStore(),
    projectNumbers = {},
    numbers = new ProjectNumbers(projectNumbers),
    seed = 1,
    durations,
  }: GoogleApisOptions) {
    const operations = new Operations(store, clock, this.faults);
    const { faults } = this;
    const random = new Random(seed);
    this.context = {
      cloud,
      clock,
      store,
      numbers,
      random,
      operations,
      faults,
      durations: { ...defaultDurations, ...durations },
    };
    this.traffic = new Traffic(this.context);
    this.pubsub = new Pubsub(this.context);
    clock.onAdvance?.((from, to) => {
      this.traffic.advance(from, to);
    });
    this.services = [
      service(
        "vertex",
        /^[a-z0-9-]+-aiplatform\.googleapis\.com$/,
        endpointRoutes(this.context),
        deploymentRoutes(this.context),
        modelRoutes(this.context),
        evaluationRoutes(this.context),
        jobRoutes(this.context),
        predictionRoutes(this.context),
        operations.routes,
      ),
      service("monitoring", /^monitoring\.googleapis\.com$/, timeSeriesRoutes(this.context)),
      service("bigquery", /^bigquery\.googleapis\.com$/, queryRoutes(this.context), rowRoutes(this.context)),
      service("dataflow", /^dataflow\.googleapis\.com$/, dataflowRoutes(this.context)),
      service("pubsub", /^pubsub\.googleapis\.com$/, this.pubsub.routes, seekRoutes(this.context)),
      service("storage", /^storage\.googleapis\.com$/, objectRoutes(this.context)),
    ];
  }

  /** Lets workflows be started, listed and called back. Without it, that API is not answered. */
  serveExecutions(executions: Executions): void {
    this.services.push(
      service("executions", /^workflowexecutions\.googleapis\.com$/, executionRoutes(this.context, executions)),
    );
  }

  /** Names of all methods that are answered, such as `vertex.endpoints.patch`. */
  get callNames(): readonly string[] {
    const names = this.services.flatMap(({ name, router }) => router.keys.map((key) => callName(name, key)));
    return [...new Set(names)].sort();
  }

  /** Answers one request. Throws `ConnectionLostError` where a fault says so, and else never. */
  async handle(request: ApiRequest): Promise<ApiResponse> {
    const { host, path, query } = locate(request.url);
    if (/projects\/\d/.test(path)) {
      this.rememberProjects();
    }
    this.context.operations.settle(this.context.clock.now());
    try {
      const { name: service, router } = this.service(host);
      const { key, handler, params } = router.find(request.method, path);
      this.faults.strike({ method: request.method, host, path, name: callName(service, key) });
      const call: Call = { host, path, params, query, body: request.body, headers: request.headers ?? {} };
      // A handler may wait for the outside, as queries do; faults wait for the clock.
      const answered = this.whileTimeStands(async () => handler(call));
      const [slow, lost] = [this.faults.of("slow"), this.faults.of("lose-response")];
      const answer = respond(await answered);
      if (slow) {
        await this.context.clock.sleep?.(slow.seconds * 1_000);
      }
      if (lost) {
        throw new ConnectionLostError(
          `The connection to ${host} broke before the answer to ${request.method} ${path} came`,
        );
      }
      return answer;
    } catch (error) {
      if (error instanceof ApiError) {
        return {
          status: error.httpStatus,
          headers: { "content-type": "application/json; charset=UTF-8" },
          body: error.body,
        };
      }
      throw error;
    }
  }

  private whileTimeStands<T>(work: () => Promise<T>): Promise<T> {
    const { clock } = this.context;
    return clock.during ? clock.during(work) : work();
  }

  /** Callers may name a project by its number: that is known once the project's id was seen. */
  private rememberProjects(): void {
    const { cloud, numbers } = this.context;
    for (const { id } of cloud.list("google_project_service")) {
      numbers.of(id.slice(0, id.indexOf("/")));
    }
  }

  private service(host: string): Service {
    const found = this.services.find((service) => service.host.test(host));
    if (!found) {
      throw new ApiError(
        "NOT_FOUND",
        `The sandbox does not stand in for the host '${host}'; its README lists those it does`,
      );
    }
    return found;
  }
}

interface Service {
  readonly name: string;
  readonly host: RegExp;
  readonly router: Router;
}

function service(name: string, host: RegExp, ...routes: readonly Routes[]): Service {
  return { name, host, router: new Router(Object.assign({}, ...routes) as Routes) };
}

function respond(answer: unknown): ApiResponse {
  if (answer instanceof Media) {
    return { status: 200, headers: answer.headers, body: answer.bytes };
  }
  return { status: 200, headers: { "content-type": "application/json; charset=UTF-8" }, body: answer ?? {} };
}

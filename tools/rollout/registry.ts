import { type CloudClient, CloudError } from "./cloud-client";
import { type Executions, isRunning } from "./executions";
import { type Decision, readJournal } from "./journal";
import type { TeamNames } from "./names";

/** A version as the workflow `register` takes it; how it was evaluated belongs to it. */
export interface NewVersion {
  readonly model: string;
  /** `gs://{bucket}/{folder}` */
  readonly artifactUri: string;
  /** By digest. */
  readonly image: string;
  readonly actor: string;
  readonly explanationSpec?: object;
  readonly dataValidation?: { readonly passed: boolean };
  readonly evaluation?: {
    readonly metrics: Readonly<Record<string, number>>;
    readonly slices: readonly {
      readonly dimension: string;
      readonly value: string;
      readonly metrics: Readonly<Record<string, number>>;
    }[];
  };
}

/** What became of a version. */
export interface Registration {
  readonly version: string;
  /** `waits`: the owners are asked. */
  readonly outcome: "challenger" | "waits" | "refused";
  readonly reason?: string;
  /** Execution that judges it. */
  readonly promotion: string;
}

/** A team's registry. Versions come into it by the team's workflow alone, with the gates that it has. */
export class Registry {
  constructor(
    private readonly client: CloudClient,
    private readonly executions: Executions,
    private readonly names: TeamNames,
  ) {}

  /** Throws a `CloudError` with the reason where the version does not get into the registry. */
  async register(version: NewVersion): Promise<Registration> {
    const { name } = await this.executions.run("register", version);
    return (await this.executions.result(name)) as Registration;
  }

  /** Answers for the owners that a version may become the challenger. Throws a `CloudError` where it still does not. */
  async approve(model: string, { version, promotion }: Registration, actor: string): Promise<void> {
    const question = (await this.judgements(model, version)).findLast(
      ({ action, execution }) => action === "ask" && promotion.endsWith(`/${execution}`),
    );
    if (question?.evidence?.callback === undefined) {
      throw new CloudError(409, `version ${version} of ${this.names.team}/${model} waits for no approval`);
    }
    // Where it has ended, others have answered before, or nobody did in time: its end says which.
    if (isRunning(await this.executions.read(promotion))) {
      await this.executions.answer(promotion, question.evidence.callback, "approve", actor);
    }
    await this.executions.result(promotion);
  }

  /** Decisions on the way to the challenger, oldest first. */
  async judgements(model: string, version: string): Promise<Decision[]> {
    const decisions = await readJournal(this.client, this.names, model, 100);
    return decisions.filter((each) => each.version === version && each.workflow === `${this.names.team}-promote`);
  }
}

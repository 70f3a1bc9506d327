import { ObjectStore } from "../apis/storage/object-store";
import type { Context } from "../apis/context";
import { text } from "../values/value";

/** What a team declares about rollouts of a model. Written by the construct `RolloutPolicy`. */
export interface Policy {
  readonly endpoint: string;
  readonly model: string;
  readonly stages: readonly {
    readonly share: number;
    readonly holdMinutes: number;
    readonly minimumSamples: number;
    readonly approval: boolean;
  }[];
  readonly looks: number;
  readonly limits: { readonly serverErrorRatio: number; readonly latencyP95Milliseconds: number };
  readonly comparison: { readonly serverErrorTolerance: number; readonly latencyRatio: number };
  readonly criticalValue: number;
  readonly deadlineMinutes: number;
  readonly approvers: readonly string[];
  readonly approvalMinutes: number;
  readonly onApprovalExpired: string;
  readonly bakeMinutes: number;
}

/** Where a rollout stands. Written by the workflow `rollout`; times are seconds. */
export interface RolloutState {
  readonly id: string;
  readonly version: string;
  readonly championVersion: string;
  readonly execution: string;
  readonly actor: string;
  readonly phase: string;
  readonly reason: string;
  readonly heldPhase?: string;
  readonly startedAt: number;
  readonly stage: number;
  readonly shiftedStage: number;
  readonly shiftedAt: number;
  readonly bakedAt?: number;
  readonly looks: number;
  readonly asksFor?: string;
  readonly askedAt?: number;
  readonly callback: string;
}

/** A model that rollouts know. */
export interface DeclaredModel {
  readonly key: string;
  readonly team: string;
  readonly name: string;
  readonly project: string;
  readonly bucket: string;
  readonly policy: Policy;
}

/** Models with a rollout policy, by name: Terraform writes one object for each into the team's bucket. */
export function declaredModels(context: Context): DeclaredModel[] {
  const models = context.cloud.list("google_storage_bucket_object").flatMap(({ values }) => {
    const [, name] = /^([^/]+)\.json$/.exec(text(values, "name") ?? "") ?? [];
    const policy = readObject<Policy>(context, text(values, "bucket") ?? "", `${name ?? ""}.json`);
    if (name === undefined || !policy || !isPolicy(policy)) {
      return [];
    }
    const [, project = "", , , , id = ""] = policy.model.split("/");
    const team = id.endsWith(`-${name}`) ? id.slice(0, -name.length - 1) : id;
    return [{ key: `${team}/${name}`, team, name, project, bucket: text(values, "bucket")!, policy }];
  });
  return models.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** State of a model's latest rollout; `undefined` where there was none. */
export function stateOf(context: Context, { bucket, name }: DeclaredModel): RolloutState | undefined {
  return readObject<RolloutState>(context, bucket, `${name}/state.json`);
}

function readObject<T>(context: Context, bucket: string, name: string): T | undefined {
  const object = new ObjectStore(context).get(bucket, name);
  try {
    return object && (JSON.parse(Buffer.from(object.content, "base64").toString()) as T);
  } catch {
    return undefined;
  }
}

/** Another object of a bucket may end with `.json`, too. */
function isPolicy({ endpoint, model, stages }: Partial<Policy>): boolean {
  return typeof endpoint === "string" && typeof model === "string" && Array.isArray(stages);
}

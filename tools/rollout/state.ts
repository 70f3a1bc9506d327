/** Traffic in percent by deployed model. */
export type Split = Readonly<Record<string, number>>;

/** Where a model's latest rollout stands, as the workflows keep it. */
export interface RolloutState {
  readonly phase: string;
  /** Absent where there was no rollout yet, as is all that follows. */
  readonly id?: string;
  readonly version?: string;
  readonly championVersion?: string;
  readonly challenger?: string;
  readonly champion?: string;
  readonly endpoint?: string;
  readonly execution?: string;
  readonly actor?: string;
  readonly reason?: string;
  readonly stage?: number;
  readonly looks?: number;
  /** Seconds since 1970. */
  readonly startedAt?: number;
  readonly shiftedAt?: number;
  readonly bakedAt?: number;
  readonly askedAt?: number;
  readonly asksFor?: string;
  /** URL that an answer is sent to, while one is awaited. */
  readonly callback?: string;
  /** Grows with every decision. */
  readonly sequence: number;
}

/** What a version must show before it becomes the challenger. */
export interface Gates {
  readonly metrics: Readonly<Record<string, { readonly better: "higher" | "lower"; readonly limit?: number }>>;
  readonly slices: Readonly<Record<string, { readonly metric: string; readonly largestGap: number }>>;
  readonly dataValidation: boolean;
  readonly explanation: boolean;
}

/** What a team allows a rollout to do, as far as commands tell of it. */
export interface Policy {
  readonly endpoint: string;
  readonly model: string;
  readonly stages: readonly {
    readonly share: number;
    readonly holdMinutes: number;
    readonly minimumSamples: number;
    readonly approval: boolean;
  }[];
  readonly watchMinutes: number;
  readonly looks: number;
  readonly deadlineMinutes: number;
  readonly approvers: readonly string[];
  readonly approvalMinutes: number;
  readonly onInconclusive: "pause" | "rollback";
  readonly onNoData: "pause" | "rollback";
  readonly bakeMinutes: number;
  readonly gates: Gates;
}

/** What serves, as Vertex AI tells it. */
export interface EndpointState {
  readonly deployedModels?: readonly {
    readonly id: string;
    readonly modelVersionId?: string;
    /** With Private Service Connect only. */
    readonly privateEndpoints?: { readonly serviceAttachment?: string };
  }[];
  readonly trafficSplit?: Split;
}

const ends = ["none", "done", "rolled-back"];

/** Whether a rollout is under way, also one that is held. */
export function isActive({ phase }: RolloutState): boolean {
  return !ends.includes(phase);
}

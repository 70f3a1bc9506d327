/** What the page shows. All times are milliseconds since 1970 on the sandbox's clock. */
export interface ConsoleView {
  readonly sandbox: SandboxView;
  readonly models: readonly ModelView[];
  /** Newest first. */
  readonly journal: readonly DecisionView[];
  /** Newest first. */
  readonly executions: readonly ExecutionView[];
  readonly stacks: readonly StackView[];
}

/** Where time stands, and how fast it runs. */
export interface ClockView {
  readonly now: number;
  /** Milliseconds of the sandbox per real one; null where it jumps from event to event, 0 where it stands. */
  readonly pace: number | null;
}

export interface SandboxView {
  readonly project: string;
}

/** A model on its endpoint. */
export interface ModelView {
  /** `churn/propensity` */
  readonly key: string;
  readonly team: string;
  readonly model: string;
  readonly endpoint: string;
  readonly region: string;
  /** Known versions, oldest first. */
  readonly versions: readonly VersionView[];
  readonly rollout: RolloutView | null;
  /** Oldest first; each holds until the next. */
  readonly split: readonly SplitPoint[];
  /** Oldest first. */
  readonly looks: readonly LookView[];
  /** Since the latest rollout began, in fine steps. */
  readonly metrics: readonly MetricSeries[];
  /** As far back as is kept for charts, in coarse steps. */
  readonly pastMetrics: readonly MetricSeries[];
  readonly limits: LimitsView;
}

export interface VersionView {
  readonly version: string;
  readonly aliases: readonly string[];
  /** Percent of traffic now; null where it is not deployed. */
  readonly share: number | null;
  readonly deployedModelId: string | null;
}

export interface LimitsView {
  readonly serverErrorRatio: number;
  readonly latencyP95Milliseconds: number;
}

/** The latest rollout of a model. */
export interface RolloutView {
  readonly id: string;
  readonly version: string;
  /** Empty where the rollout is the first of its endpoint. */
  readonly against: string;
  /** As in the state object: deploy, ready, first, shift, watch, ask, bake, finish, rollback, clean, held, done, rolled-back. */
  readonly phase: string;
  readonly isActive: boolean;
  readonly actor: string;
  readonly reason: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly steps: readonly StepView[];
  /** When all traffic had proved itself and the old version was only kept warm. */
  readonly bakedAt: number | null;
  /** When the share was last changed. */
  readonly shiftedAt: number | null;
  readonly hold: HoldView | null;
  readonly question: QuestionView | null;
}

/** A step of the way to all traffic. */
export interface StepView {
  readonly name: string;
  readonly note: string;
  readonly state: "done" | "current" | "failed" | "ahead";
}

/** A stage that is being watched. */
export interface HoldView {
  readonly from: number;
  readonly to: number;
  readonly nextLook: number;
  readonly looks: number;
  readonly plannedLooks: number;
}

/** What a rollout asks a person. */
export interface QuestionView {
  readonly asksFor: string;
  readonly reason: string;
  readonly expiresAt: number;
  readonly onExpired: string;
  readonly approvers: readonly string[];
  /** Whether an answer would arrive. */
  readonly isOpen: boolean;
}

export interface SplitPoint {
  readonly at: number;
  /** Percent by version. */
  readonly shares: Readonly<Record<string, number>>;
}

export type Verdict = "pass" | "fail" | "inconclusive" | "no-data";

/** A judgement with its numbers. */
export interface LookView {
  readonly id: string;
  readonly at: number;
  readonly rollout: string;
  readonly version: string;
  readonly against: string;
  /** Percent that the version had. */
  readonly share: number;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly window: { readonly from: number; readonly to: number } | null;
  readonly challenger: MeasuredView | null;
  readonly champion: MeasuredView | null;
  readonly difference: DifferenceView | null;
  readonly latency: LatencyView | null;
  readonly business: BusinessView | null;
  readonly limits: LimitsView;
}

export interface MeasuredView {
  readonly samples: number;
  readonly serverErrors: number;
  readonly latencyP95: number | null;
  readonly latencyP99: number | null;
}

/** How much worse the new version's share of server errors is, and what chance allows. */
export interface DifferenceView {
  readonly harm: number;
  /** Half of the interval: critical value times standard error. */
  readonly margin: number;
  readonly tolerance: number;
  readonly criticalValue: number;
}

/** Quotient of the 95th percentiles of the latency. */
export interface LatencyView {
  readonly ratio: number;
  readonly tolerated: number;
}

export interface BusinessView {
  readonly verdict: string;
  readonly reason: string;
  readonly units: { readonly new: number; readonly old: number } | null;
  readonly means: { readonly new: number; readonly old: number } | null;
}

/** What a version did, in steps of time. */
export interface MetricSeries {
  readonly version: string;
  readonly deployedModelId: string;
  readonly stepMilliseconds: number;
  readonly points: readonly MetricPoint[];
}

export interface MetricPoint {
  readonly at: number;
  /** A minute. */
  readonly requests: number;
  /** Share of 5xx. */
  readonly errors: number;
  readonly latencyP95: number | null;
}

/** A row of the journal. */
export interface DecisionView {
  readonly id: string;
  readonly at: number;
  readonly team: string;
  readonly model: string;
  readonly version: string;
  readonly rollout: string;
  readonly workflow: string;
  readonly phase: string;
  readonly action: string;
  readonly verdict: Verdict | null;
  readonly reason: string;
  readonly actor: string;
  /** Percent by version. */
  readonly splitAfter: Readonly<Record<string, number>> | null;
}

export interface ExecutionView {
  readonly name: string;
  readonly workflow: string;
  readonly id: string;
  readonly state: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly step: string;
  readonly error: string;
}

export interface StackView {
  readonly stack: string;
  readonly resources: readonly { readonly address: string; readonly type: string; readonly id: string }[];
}

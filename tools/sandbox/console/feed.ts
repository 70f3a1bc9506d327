import { Endpoint } from "../apis/vertex/endpoint";
import { versionsOf } from "../apis/vertex/model";
import type { Execution } from "../apis/executions";
import { type DeclaredModel, declaredModels, stateOf } from "./declared";
import { decisionView, deployments, Journal, type JournalRow, rowsSince } from "./journal";
import { looksOf } from "./looks";
import { metricSeries } from "./metric-series";
import { rolloutView } from "./rollout-view";
import type { ConsoleSource } from "./source";
import { SeenSplits, splitHistory } from "./split-history";
import type { ClockView, ConsoleView, ExecutionView, ModelView, StackView, VersionView } from "./view";

/** How far back charts go. */
const mostPast = 72 * 3_600_000;

/** What is shown before a rollout began. */
const margin = 600_000;
const mostDecisions = 400;
const mostLooks = 400;
const mostExecutions = 100;

/** Turns what the sandbox holds into what the page shows. */
export class Feed {
  private readonly splits = new SeenSplits();
  private readonly journal: Journal;

  constructor(private readonly source: ConsoleSource) {
    this.journal = new Journal(source.context);
  }

  clock(): ClockView {
    return this.source.clock();
  }

  view(): ConsoleView {
    const { context, project } = this.source;
    const models = declaredModels(context);
    const rows = this.journal.rows(models);
    const versions = this.versionsById(models, rows);
    return {
      sandbox: { project },
      models: models.map((model) => this.modelView(model, rows, versions)),
      journal: rows
        .slice(-mostDecisions)
        .reverse()
        .map((row) => decisionView(row, versions)),
      executions: this.executions(),
      stacks: this.stacks(),
    };
  }

  private modelView(
    declared: DeclaredModel,
    allRows: readonly JournalRow[],
    versions: ReadonlyMap<string, string>,
  ): ModelView {
    const { context } = this.source;
    const { key, team, name, policy } = declared;
    const rows = allRows.filter((row) => row.team === team && row.model === name);
    const now = context.clock.now();
    const endpoint = Endpoint.find(context, policy.endpoint);
    const current: Record<string, number> = {};
    for (const [id, share] of Object.entries(endpoint?.trafficSplit ?? {})) {
      const version = versions.get(id) ?? id;
      current[version] = (current[version] ?? 0) + share;
    }
    const state = stateOf(context, declared);
    const recent = rowsSince(rows, now - mostPast);
    const split = this.splits.complete(key, splitHistory(recent, versions), { at: now, shares: current });
    const rollout = state ? rolloutView(state, policy, rows) : null;
    const past = Math.max(split[0]?.at ?? now, now - mostPast);
    const metricsSince = (from: number) => metricSeries(context, policy.endpoint, versions, from, now);
    return {
      key,
      team,
      model: name,
      endpoint: policy.endpoint,
      region: policy.endpoint.split("/")[3] ?? "",
      versions: this.versionViews(policy.model, endpoint),
      rollout,
      split,
      looks: looksOf(recent, versions, policy).slice(-mostLooks),
      metrics: metricsSince(rollout ? Math.max(past, rollout.startedAt - margin) : past),
      pastMetrics: metricsSince(past),
      limits: policy.limits,
    };
  }

  /** Versions of the registry, and those that are deployed although the registry has forgotten them. */
  private versionViews(model: string, endpoint: Endpoint | undefined): VersionView[] {
    const deployed = endpoint?.deployedModels ?? [];
    const registered = versionsOf(this.source.context, model);
    const ids = [...registered.map(({ versionId }) => versionId), ...deployed.map((each) => each.modelVersionId)];
    return [...new Set(ids)].map((version) => {
      const found = deployed.find(({ modelVersionId }) => modelVersionId === version);
      return {
        version,
        aliases: registered.find(({ versionId }) => versionId === version)?.versionAliases ?? [],
        share: found ? (endpoint!.trafficSplit[found.id] ?? 0) : null,
        deployedModelId: found?.id ?? null,
      };
    });
  }

  private versionsById(models: readonly DeclaredModel[], rows: readonly JournalRow[]): Map<string, string> {
    const versions = deployments(rows);
    for (const { policy } of models) {
      for (const { id, modelVersionId } of Endpoint.find(this.source.context, policy.endpoint)?.deployedModels ?? []) {
        versions.set(id, modelVersionId);
      }
    }
    return versions;
  }

  private executions(): ExecutionView[] {
    const { context, executions } = this.source;
    return (
      context.cloud
        .list("google_workflows_workflow")
        .flatMap(({ id }) => executions.list(id))
        // A list does not tell what an execution is doing.
        .map((each) => executionView((each.state === "ACTIVE" ? executions.get(each.name) : undefined) ?? each))
        .sort((a, b) => b.startedAt - a.startedAt)
        .slice(0, mostExecutions)
    );
  }

  private stacks(): StackView[] {
    const stacks = new Map<string, { address: string; type: string; id: string }[]>();
    for (const { stack, address, type, id } of this.source.resources()) {
      stacks.set(stack, [...(stacks.get(stack) ?? []), { address, type, id }]);
    }
    return [...stacks].map(([stack, resources]) => ({ stack, resources }));
  }
}

function executionView({ name, state, startTime, endTime, status, error }: Execution): ExecutionView {
  const [, , , , , workflow = "", , id = ""] = name.split("/");
  const step = status?.currentSteps.at(-1);
  return {
    name,
    workflow,
    id,
    state,
    startedAt: Date.parse(startTime),
    endedAt: endTime === undefined ? null : Date.parse(endTime),
    step: step ? `${step.routine}.${step.step}` : "",
    error: error?.context ?? error?.payload ?? "",
  };
}

import type { GoogleApis } from "../apis/apis";
import { type CloudStore, minute } from "../apis/context";
import type { Store } from "../apis/store";
import type { CloudResource } from "../cloud";
import type { ProjectNumbers } from "../project";
import { text } from "../values/value";
import { blocksOf, textsOf } from "./blocks";
import { type Incident, notification } from "./incident";
import type { LeftAlone } from "./left-alone";
import { keyOf, type Observed, Threshold } from "./threshold";

export interface AlertPoliciesOptions {
  readonly cloud: CloudStore;
  readonly store: Store;
  readonly apis: Pick<GoogleApis, "handle">;
  readonly numbers: ProjectNumbers;
  readonly leftAlone: LeftAlone;
  /** Minutes after which points can be read. */
  readonly ingestionMinutes: number;
}

const kind = "incident";

/** Alert policies with thresholds: opens and closes their incidents, and tells topics of them. */
export class AlertPolicies {
  /** Since when a time series has been beyond its threshold, by policy, condition and series. */
  private readonly beyondSince = new Map<string, number>();

  constructor(private readonly options: AlertPoliciesOptions) {}

  /** Incidents that are open, by their policy. */
  get incidents(): Incident[] {
    return this.options.store.list<Incident>(kind).map(([, incident]) => incident);
  }

  forget(): void {
    this.beyondSince.clear();
  }

  /** @param now start of a minute */
  async run(now: number): Promise<void> {
    for (const policy of this.options.cloud.list("google_monitoring_alert_policy")) {
      if (policy.values["enabled"] !== false) {
        await this.evaluate(policy, now);
      }
    }
  }

  private async evaluate(policy: CloudResource, now: number): Promise<void> {
    const { apis, leftAlone, ingestionMinutes } = this.options;
    const conditions = blocksOf(policy.values, "conditions").map((condition) => Threshold.read(condition));
    const problem =
      conditions.length > 1 && text(policy.values, "combiner") !== "OR"
        ? "its conditions must hold together"
        : conditions.find((condition) => typeof condition === "string");
    if (problem !== undefined) {
      leftAlone.add(policy.id, problem);
      return;
    }
    const [, project = ""] = policy.id.split("/");
    for (const threshold of conditions.filter((condition) => typeof condition !== "string")) {
      const observed = await threshold.observe(project, apis, now - ingestionMinutes * minute);
      if (typeof observed === "string") {
        leftAlone.add(policy.id, observed);
        return;
      }
      await this.judge(policy, threshold, observed, now);
    }
  }

  private async judge(
    policy: CloudResource,
    threshold: Threshold,
    observed: readonly Observed[],
    now: number,
  ): Promise<void> {
    const prefix = `${policy.id}|${threshold.displayName}|`;
    const seen = new Map(observed.map((each) => [`${prefix}${keyOf(each)}`, each]));
    for (const [key, each] of seen) {
      if (!threshold.isBeyond(each.value)) {
        this.beyondSince.delete(key);
        await this.close(policy, threshold, key, each, now);
        continue;
      }
      const since = this.beyondSince.get(key) ?? now;
      this.beyondSince.set(key, since);
      if (now - since >= threshold.seconds * 1_000) {
        await this.open(policy, threshold, key, each, now);
      }
    }
    const gone = [...this.beyondSince.keys(), ...this.openKeys(prefix)].filter(
      (key) => key.startsWith(prefix) && !seen.has(key),
    );
    for (const key of threshold.missingIsFine ? gone : []) {
      this.beyondSince.delete(key);
      await this.close(policy, threshold, key, undefined, now);
    }
  }

  private openKeys(prefix: string): string[] {
    return this.options.store.list<Incident>(kind, prefix).map(([key]) => key);
  }

  private async open(
    policy: CloudResource,
    threshold: Threshold,
    key: string,
    observed: Observed,
    now: number,
  ): Promise<void> {
    const { store } = this.options;
    if (store.get<Incident>(kind, key)) {
      return;
    }
    const count = (store.get<number>("counter", kind) ?? 0) + 1;
    store.put("counter", kind, count);
    const incident: Incident = {
      id: `0.sandbox${String(count).padStart(5, "0")}`,
      policy: policy.id,
      condition: threshold.displayName,
      series: keyOf(observed),
      startedAt: now,
      observed,
    };
    store.put(kind, key, incident);
    await this.tell(policy, notification(incident, policy, threshold, this.options.numbers));
  }

  private async close(
    policy: CloudResource,
    threshold: Threshold,
    key: string,
    observed: Observed | undefined,
    now: number,
  ): Promise<void> {
    const { store, numbers } = this.options;
    const incident = store.get<Incident>(kind, key);
    if (!incident) {
      return;
    }
    store.delete(kind, key);
    const last = { ...incident, observed: observed ?? incident.observed };
    await this.tell(policy, notification(last, policy, threshold, numbers, now));
  }

  /** Channels to people are nobody's concern here: only topics are told. */
  private async tell(policy: CloudResource, message: object): Promise<void> {
    const { cloud, apis, leftAlone } = this.options;
    const data = Buffer.from(JSON.stringify(message)).toString("base64");
    for (const name of textsOf(policy.values, "notification_channels")) {
      const channel = cloud.get("google_monitoring_notification_channel", name);
      const labels = channel?.values["labels"];
      const topic = typeof labels === "object" && labels !== null && "topic" in labels ? labels.topic : undefined;
      if (channel && text(channel.values, "type") === "pubsub" && typeof topic === "string") {
        const url = `https://pubsub.googleapis.com/v1/${topic}:publish`;
        const { status, body } = await apis.handle({ method: "POST", url, body: { messages: [{ data }] } });
        if (status !== 200) {
          leftAlone.add(channel.id, `its topic could not be told: ${JSON.stringify(body)}`);
        }
      }
    }
  }
}

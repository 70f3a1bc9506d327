import { Cron } from "croner";

import type { GoogleApis } from "../apis/apis";
import { type CloudStore, minute } from "../apis/context";
import type { CloudResource } from "../cloud";
import { text } from "../values/value";
import { blocksOf } from "./blocks";
import type { LeftAlone } from "./left-alone";

const type = "google_cloud_scheduler_job";

/** Jobs of Cloud Scheduler: each sends its request to one of the sandbox's APIs in the minutes that its schedule names. */
export class Schedules {
  private readonly crons = new Map<string, Cron | undefined>();

  constructor(
    private readonly cloud: CloudStore,
    private readonly apis: Pick<GoogleApis, "handle">,
    private readonly leftAlone: LeftAlone,
  ) {}

  /** @param now start of a minute */
  async run(now: number): Promise<void> {
    for (const job of this.cloud.list(type).filter(({ values }) => values["paused"] !== true)) {
      if (this.cronOf(job)?.match(new Date(now - (now % minute)))) {
        await this.send(job);
      }
    }
  }

  /** Five fields in a time zone; what else Cloud Scheduler reads, such as `every 12 hours`, is left alone. */
  private cronOf({ id, values }: CloudResource): Cron | undefined {
    const schedule = text(values, "schedule") ?? "";
    const timezone = text(values, "time_zone") ?? "Etc/UTC";
    const key = `${schedule} ${timezone}`;
    if (!this.crons.has(key)) {
      this.crons.set(key, parse(schedule, timezone));
    }
    const cron = this.crons.get(key);
    if (cron === undefined) {
      this.leftAlone.add(id, `its schedule '${schedule}' (${timezone}) is not five cron fields in a known time zone`);
    }
    return cron;
  }

  private async send({ id, values }: CloudResource): Promise<void> {
    const [target] = blocksOf(values, "http_target");
    const url = target && text(target, "uri");
    if (!target || url === undefined || !new URL(url).hostname.endsWith(".googleapis.com")) {
      this.leftAlone.add(id, "it has no target at an API of Google");
      return;
    }
    const body = text(target, "body");
    const answer = await this.apis.handle({
      method: text(target, "http_method") ?? "POST",
      url,
      headers: { "content-type": "application/json" },
      ...(body !== undefined && { body: Buffer.from(body, "base64") }),
    });
    if (answer.status >= 400) {
      this.leftAlone.add(id, `its request was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
  }
}

function parse(schedule: string, timezone: string): Cron | undefined {
  try {
    const cron = new Cron(schedule, { timezone, mode: "5-part", paused: true });
    // The time zone is looked at only now.
    cron.match(new Date(0));
    return cron;
  } catch {
    return undefined;
  }
}

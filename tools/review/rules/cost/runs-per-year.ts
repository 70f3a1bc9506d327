import { Cron } from "croner";

import { isCron } from "../../../../policies/schedule";

const year = 2026;
const daysOfYear = 365;
const minutesOfYear = daysOfYear * 24 * 60;

/** How often a schedule runs in a year of 365 days; nothing where it is none of five cron fields and no plain interval. */
export function runsPerYear(schedule: string): number | undefined {
  const [, count, unit] = /^every (\d+) (hour|hr|minute|min)s?\b(?! from)/i.exec(schedule.trim()) ?? [];
  if (unit !== undefined) {
    return minutesOfYear / (Number(count) * (/^h/i.test(unit) ? 60 : 1));
  }
  const cron = schedule.trim().replace(/^(?:CRON_)?TZ=\S+\s+/, "");
  if (!isCron(cron)) {
    return undefined;
  }
  const [minute, hour, ...days] = cron.split(/\s+/);
  const hourEnd = new Date(Date.UTC(year, 0, 1, 1));
  const dayEnd = new Date(Date.UTC(year, 0, 2));
  const yearEnd = new Date(Date.UTC(year + 1, 0, 1));
  return (
    runsUntil(hourEnd, `${minute!} 0 * * *`, 60) *
    runsUntil(dayEnd, `0 ${hour!} * * *`, 24) *
    runsUntil(yearEnd, `0 0 ${days.join(" ")}`, daysOfYear)
  );
}

/** Runs from the beginning of the year on. */
function runsUntil(end: Date, cron: string, most: number): number {
  const begin = new Date(Date.UTC(year, 0, 1) - 1);
  const runs = new Cron(cron, { timezone: "Etc/UTC", mode: "5-part", paused: true }).nextRuns(most, begin);
  return runs.filter((run) => run < end).length;
}

// Opens the console over journals of 100 to 10,000 decisions: what a look at everything takes, and what a page is sent for a change.
// Ratios of one run say more than milliseconds, which are those of this machine.
import Table from "cli-table3";

import { insertRows } from "../tests/sandbox/console/support/long-journal";
import { Theatre } from "../tests/sandbox/console/support/theatre";
import { Feed } from "../tools/sandbox/console/feed";
import { median } from "./median";

const counts = (process.argv[2] ?? "100,1000,10000").split(",").map(Number);
const table = new Table({
  head: ["decisions", "view ms", "ms of the smallest", "everything KB", "one change KB"],
  colAligns: ["right", "right", "right", "right", "right"],
  style: { head: [], border: [], compact: true },
});

async function main(): Promise<void> {
  let smallest: number | undefined;
  for (const count of counts) {
    const theatre = new Theatre();
    try {
      theatre.callers();
      await theatre.serve();
      await theatre.serve();
      await insertRows(theatre, count);
      const feed = new Feed(theatre.source);
      feed.view();
      const took = Array.from({ length: 15 }, () => {
        const started = performance.now();
        JSON.stringify(feed.view());
        return performance.now() - started;
      });
      const view = feed.view();
      const kilobytes = (value: unknown) => Math.round(JSON.stringify(value).length / 1_000);
      const millis = median(took);
      smallest ??= millis;
      // A minute that passes changes the metrics; a decision changes the journal as well.
      table.push([
        count,
        millis.toFixed(1),
        (millis / smallest).toFixed(1),
        kilobytes(view),
        kilobytes({ models: view.models, journal: view.journal }),
      ]);
    } finally {
      theatre.close();
    }
  }
  console.log(table.toString());
}

void main();

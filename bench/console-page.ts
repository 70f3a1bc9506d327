// Leaves the console open in a browser while rollouts go on, and looks whether the page grows: its heap after a collection, its nodes and
// its listeners, at the begin, in the middle and at the end of so many changes.
import Table from "cli-table3";
import type { CDPSession, Page } from "playwright-core";

import { launch } from "../tests/browser/browser";
import { insertRows } from "../tests/sandbox/console/support/long-journal";
import { Theatre } from "../tests/sandbox/console/support/theatre";
import { ConsoleServer } from "../tools/sandbox/console/server";

const changes = Number(process.argv[2] ?? 2_000);
const minute = 60_000;
const everyMillis = 25;

/** Before the first look everything that a page keeps at most is there: what grows after that has no end. */
const warmUp = 200;
const oldDecisions = 1_000;

interface Size {
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly shown: number;
}

async function main(): Promise<void> {
  const theatre = new Theatre();
  const server = await ConsoleServer.listen({ source: theatre.source, everyMillis });
  const browser = await launch();
  try {
    theatre.callers();
    await theatre.serve();
    await insertRows(theatre, oldDecisions);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await countChanges(page);
    await page.goto(server.url);
    const session = await page.context().newCDPSession(page);
    const table = new Table({
      head: ["changes", "simulated hours", "heap MB", "of the first", "nodes", "in the page", "listeners"],
      colAligns: ["right", "right", "right", "right", "right", "right", "right"],
      style: { head: [], border: [], compact: true },
    });
    const began = theatre.run.clock.now();
    let first: number | undefined;
    for (const count of [warmUp, warmUp + changes / 2, warmUp + changes]) {
      await goOn(theatre, page, count);
      const { heap, nodes, listeners, shown } = await theatre.run.clock.during(() => sizeOf(page, session));
      first ??= heap;
      const hours = (theatre.run.clock.now() - began) / 60 / minute;
      table.push([
        count - warmUp,
        hours.toFixed(1),
        (heap / 1e6).toFixed(2),
        (heap / first).toFixed(2),
        nodes,
        shown,
        listeners,
      ]);
    }
    console.log(table.toString());
  } finally {
    await browser.close();
    await server.close();
    theatre.close();
  }
}

/** Keeps the number of changes that the page was told in `window.changes`. */
async function countChanges(page: Page): Promise<void> {
  await page.addInitScript(`
    window.changes = 0;
    window.EventSource = class extends EventSource {
      constructor(url) {
        super(url);
        this.addEventListener("change", () => (window.changes += 1));
      }
    };`);
}

/** Lets a minute pass for each change, rolls out a good version and a bad one in turn, and does what a person does at the page. */
async function goOn(theatre: Theatre, page: Page, until: number): Promise<void> {
  const { clock } = theatre.run;
  for (let told = 0, turn = 0; told < until; turn++) {
    const phase = theatre.state()?.phase ?? "none";
    if (["none", "done", "rolled-back", "held"].includes(phase)) {
      theatre.callers({ "*": 0.004, challenger: Math.floor(turn / 100) % 2 === 0 ? 0.004 : 0.5 });
      await theatre.rollOut();
    }
    await clock.sleep(minute);
    told = await clock.during(async () => {
      await page.waitForTimeout(everyMillis);
      if (turn % 50 === 0) {
        await lookAround(page);
      }
      return Number(await page.evaluate("window.changes"));
    });
  }
}

async function lookAround(page: Page): Promise<void> {
  for (const tab of [/Resources/, /Executions/, /Journal/]) {
    await page.getByRole("tab", { name: tab }).click();
  }
  for (const key of ["k", "j", "a", "a", "?", "Escape"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(everyMillis);
  }
}

async function sizeOf(page: Page, session: CDPSession): Promise<Size> {
  await session.send("Performance.enable");
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? NaN;
  return {
    heap: metric("JSHeapUsedSize"),
    nodes: metric("Nodes"),
    listeners: metric("JSEventListeners"),
    shown: Number(await page.evaluate("document.querySelectorAll('*').length")),
  };
}

void main();

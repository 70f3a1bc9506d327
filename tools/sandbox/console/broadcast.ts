import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";

import type { Feed } from "./feed";
import type { ConsoleView } from "./view";

const heartbeat = 15_000;

/** Changes that a page may have missed and still be told one by one, in number and in characters together. */
const mostKept = 200;
const mostKeptText = 4_000_000;

type Part = keyof ConsoleView;

interface Message {
  readonly number: number;
  readonly text: string;
}

/**
 * Server-sent events of the console: first everything, then the parts that changed. Every event that changes what a page shows has an id,
 * `{run}-{number}`; a page that comes back with one is told what it missed, or everything where that is too long ago.
 */
export class Broadcast {
  private readonly run = randomUUID().slice(0, 8);
  private readonly pages = new Set<ServerResponse>();
  private readonly kept: Message[] = [];
  private parts: Partial<Record<Part, string>> = {};
  private keptText = 0;
  private number = 0;
  private timer: NodeJS.Timeout | undefined;
  private beat: NodeJS.Timeout | undefined;

  constructor(
    private readonly feed: Feed,
    private readonly onError: (error: Error) => void,
    private readonly everyMillis: number,
  ) {}

  /** Serves a page until it goes. */
  join(response: ServerResponse, lastEventId: string | undefined): void {
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    this.refresh();
    response.write(`retry: 1000\n\n${this.missed(lastEventId) ?? this.snapshot()}`);
    response.write(this.time());
    this.pages.add(response);
    response.on("close", () => {
      this.pages.delete(response);
      this.arrange();
    });
    this.arrange();
  }

  close(): void {
    this.pages.forEach((page) => page.end());
    this.pages.clear();
    this.arrange();
  }

  /** Looks what changed and tells it; also between two ticks, after an action. */
  refresh(): void {
    let view: ConsoleView;
    try {
      view = this.feed.view();
    } catch (error) {
      this.onError(error as Error);
      return;
    }
    const changed: Partial<Record<Part, unknown>> = {};
    for (const part of Object.keys(view) as Part[]) {
      const json = JSON.stringify(view[part]);
      if (json !== this.parts[part]) {
        this.parts[part] = json;
        changed[part] = view[part];
      }
    }
    if (Object.keys(changed).length > 0) {
      this.number += 1;
      const message = { number: this.number, text: this.event("change", JSON.stringify(changed)) };
      this.keep(message);
      this.send(message.text);
    }
  }

  private keep(message: Message): void {
    this.kept.push(message);
    this.keptText += message.text.length;
    while (this.kept.length > mostKept || this.keptText > mostKeptText) {
      this.keptText -= this.kept.shift()!.text.length;
    }
  }

  private tick(): void {
    this.refresh();
    this.send(this.time());
  }

  private snapshot(): string {
    const parts = Object.entries(this.parts).map(([part, json]) => `${JSON.stringify(part)}:${json}`);
    return this.event("snapshot", `{${parts.join(",")}}`);
  }

  private missed(lastEventId: string | undefined): string | undefined {
    const [run, text] = lastEventId?.split("-") ?? [];
    const number = Number(text);
    const oldest = this.kept[0]?.number ?? Infinity;
    if (run !== this.run || !Number.isInteger(number) || number > this.number || number + 1 < oldest) {
      return undefined;
    }
    return this.kept
      .filter((message) => message.number > number)
      .map((message) => message.text)
      .join("");
  }

  private event(name: string, json: string): string {
    return `id: ${this.run}-${this.number}\nevent: ${name}\ndata: ${json}\n\n`;
  }

  /** Time passes without end: it has no id, and nobody misses it. */
  private time(): string {
    return `event: clock\ndata: ${JSON.stringify(this.feed.clock())}\n\n`;
  }

  private send(text: string): void {
    this.pages.forEach((page) => page.write(text));
  }

  /** Looks only while somebody looks on. */
  private arrange(): void {
    if (this.pages.size === 0) {
      clearInterval(this.timer);
      clearInterval(this.beat);
      this.timer = undefined;
      this.beat = undefined;
    } else if (!this.timer) {
      this.timer = setInterval(() => this.tick(), this.everyMillis).unref();
      this.beat = setInterval(() => this.send(": alive\n\n"), heartbeat).unref();
    }
  }
}

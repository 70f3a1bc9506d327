import { MemoryStore } from "../../tools/sandbox/apis/store";
import { keptClock } from "../../tools/sandbox/kept-clock";

/** Counts what is written. */
class CountingStore extends MemoryStore {
  puts = 0;

  override put(kind: string, name: string, value: unknown): void {
    this.puts++;
    super.put(kind, name, value);
  }
}

const minute = 60_000;
const store = () => new CountingStore();
const clocks: { stop(): void }[] = [];

function open(kept: CountingStore, pace: number) {
  const made = keptClock(kept, pace);
  clocks.push(made.clock);
  return made;
}

afterEach(() => clocks.splice(0).forEach((clock) => clock.stop()));

test("the first clock begins at the present time", () => {
  const before = Date.now();
  const { clock } = open(store(), 60);

  expect(clock.now()).toBeGreaterThanOrEqual(before);
  expect(clock.now()).toBeLessThanOrEqual(Date.now());
  expect(clock.pace).toBe(60);
});

test("after an end in order the next clock begins where the last one stood", async () => {
  const kept = store();
  const { clock, keep } = open(kept, 60);
  await clock.jump(100 * minute);
  clock.stop();
  keep();

  expect(open(kept, 60).clock.now()).toBe(clock.now());
});

test("after a kill the next clock never begins earlier, and a real second later at most", async () => {
  const kept = store();
  const { clock } = open(kept, 60);
  for (let step = 0; step < 50; step++) {
    await clock.jump(1_700 * step);
    const next = open(kept, 60).clock;
    expect(next.now()).toBeGreaterThanOrEqual(clock.now());
    expect(next.now()).toBeLessThanOrEqual(clock.now() + 60 * 1_000);
  }
});

test("time that passes steadily is written once in a second of it, not with every step", async () => {
  const kept = store();
  const { clock } = open(kept, 60);
  const passed = 10 * 60_000;
  for (let step = 0; step < 1_000; step++) {
    await clock.jump(passed / 1_000);
  }
  expect(kept.puts).toBeGreaterThan(0);
  expect(kept.puts).toBeLessThanOrEqual(passed / 60_000 + 1);
});

test("a clock that jumps from timer to timer leaves nothing out", async () => {
  const kept = store();
  const { clock } = open(kept, Infinity);
  await clock.sleep(5 * minute);
  clock.stop();

  expect(open(kept, Infinity).clock.now()).toBe(clock.now());
});

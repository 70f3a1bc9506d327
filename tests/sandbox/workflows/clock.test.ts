import { ClockStopped, SimulatedClock } from "../../../tools/sandbox/workflows/clock";

test("time stands at the next timer as soon as nobody has anything to do", async () => {
  const clock = new SimulatedClock(1000);
  const seen: [string, number][] = [];
  const sleeper = async (name: string, ...naps: number[]): Promise<void> => {
    for (const nap of naps) {
      await clock.sleep(nap);
      seen.push([name, clock.now()]);
    }
  };

  await Promise.all([sleeper("a", 10, 10, 5), sleeper("b", 15, 5), sleeper("c", 20)]);

  // At the same time: in the order in which they fell asleep.
  expect(seen).toEqual([
    ["a", 1010],
    ["b", 1015],
    ["c", 1020],
    ["a", 1020],
    ["b", 1020],
    ["a", 1025],
  ]);
});

test("thousands of sleepers wake at their times, in order", async () => {
  const clock = new SimulatedClock(0);
  const naps = Array.from({ length: 5000 }, (_, index) => (index * 7919) % 1000);
  const woken: number[] = [];

  await Promise.all(
    naps.map(async (nap) => {
      await clock.sleep(nap);
      woken.push(clock.now());
    }),
  );

  expect(woken).toEqual([...naps].sort((a, b) => a - b));
});

test("listeners are told every interval, and time waits for them", async () => {
  const clock = new SimulatedClock(0);
  const told: unknown[] = [];
  const off = clock.onAdvance(async (from, to) => {
    await Promise.resolve();
    told.push([from, to]);
  });

  await clock.sleep(5);
  told.push("awake");
  await Promise.all([clock.sleep(3), clock.sleep(1)]);
  off();
  await clock.sleep(1);

  expect(told).toEqual([[0, 5], "awake", [5, 6], [6, 8]]);
});

test("time stands still during work that waits for the outside", async () => {
  const clock = new SimulatedClock(0);
  const slept = clock.sleep(10);

  await clock.during(() => new Promise((resolve) => setTimeout(resolve, 5)));

  expect(clock.now()).toBe(0);
  await slept;
  expect(clock.now()).toBe(10);
});

test("a cancelled timer neither ends nor moves time", async () => {
  const clock = new SimulatedClock(0);
  const ended: string[] = [];
  const cancel = clock.schedule(5, (how) => ended.push(how));
  cancel();

  await clock.sleep(20);

  expect(ended).toEqual([]);
});

test("a jump makes timers in between late, and leaves later ones at their time", async () => {
  const clock = new SimulatedClock(0);
  const told: number[][] = [];
  clock.onAdvance((from, to) => void told.push([from, to]));
  const woken: number[] = [];
  const sleepers = [10, 200].map((nap) => clock.sleep(nap).then(() => woken.push(clock.now())));

  await clock.jump(100);
  await Promise.all(sleepers);

  expect(woken).toEqual([100, 200]);
  expect(told).toEqual([
    [0, 100],
    [100, 200],
  ]);
});

test("a jump back lets timers wait for their time", async () => {
  const clock = new SimulatedClock(1000);
  const slept = clock.sleep(10);

  await clock.jump(-500);
  expect(clock.now()).toBe(500);
  await slept;

  expect(clock.now()).toBe(1010);
});

test("nobody waits for a clock that was stopped", async () => {
  const clock = new SimulatedClock(0);
  const before = clock.sleep(10);

  clock.stop();

  await expect(before).rejects.toThrow(ClockStopped);
  await expect(clock.sleep(10)).rejects.toThrow("the clock was stopped");
  expect(clock.now()).toBe(0);
});

test("with a pace, time passes steadily, and exactly to each timer", async () => {
  const clock = new SimulatedClock(0, 1000);
  const began = performance.now();

  await clock.sleep(100_000);

  expect(performance.now() - began).toBeGreaterThanOrEqual(99);
  expect(clock.now()).toBe(100_000);
  clock.pace = Infinity;
  await clock.sleep(1e9);
  expect(clock.now()).toBe(1e9 + 100_000);
  expect(() => (clock.pace = 0)).toThrow("the pace of a clock must be more than 0, got 0");
  clock.stop();
});

test("a timeout is never cleared as an immediate, which would corrupt the queue of immediates", async () => {
  const clearing = jest.spyOn(globalThis, "clearImmediate");
  const clock = new SimulatedClock(0, 60);
  const slept = clock.sleep(60_000);
  clock.pace = 3_600;
  clock.pace = Infinity;
  clock.pace = 7_200;
  await slept;
  clock.stop();
  const cleared = clearing.mock.calls.map(([turn]) => turn?.constructor.name);
  clearing.mockRestore();
  expect(cleared).toEqual(["Immediate"]);
});

test("a paced clock stands at whole milliseconds", async () => {
  const clock = new SimulatedClock(0, 777);
  const seen: number[] = [];
  clock.onAdvance((_, to) => void seen.push(to));
  await clock.sleep(60_000);
  clock.stop();
  expect(seen.every(Number.isInteger)).toBe(true);
});

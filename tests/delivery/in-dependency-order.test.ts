import { inDependencyOrder } from "../../tools/delivery/in-dependency-order";

const item = (name: string, ...dependencies: string[]) => ({ name, dependencies });
const tick = () => new Promise((resolve) => setImmediate(resolve));

test("an item waits for those it depends on and for no others, and never more than allowed are under way", async () => {
  const events: string[] = [];
  let running = 0;
  let most = 0;
  const items = [
    item("base"),
    item("slow", "base"),
    item("quick", "base", "elsewhere"),
    item("last", "quick"),
    item("end", "slow"),
  ];
  await inDependencyOrder(items, 2, async ({ name }) => {
    most = Math.max(most, ++running);
    events.push(`+${name}`);
    for (let left = name === "slow" ? 10 : 1; left > 0; left--) {
      await tick();
    }
    events.push(`-${name}`);
    running--;
  });
  expect(events).toEqual(["+base", "-base", "+slow", "+quick", "-quick", "+last", "-last", "-slow", "+end", "-end"]);
  expect(most).toBe(2);
});

test("where a work throws, what is under way ends, and nothing more is begun", async () => {
  const events: string[] = [];
  const work = async ({ name }: { name: string }) => {
    events.push(`+${name}`);
    if (name === "bad") {
      throw new Error("interrupted");
    }
    await tick();
    events.push(`-${name}`);
  };
  await expect(inDependencyOrder([item("bad"), item("good"), item("later")], 2, work)).rejects.toThrow("interrupted");
  expect(events).toEqual(["+bad", "+good", "-good"]);
});

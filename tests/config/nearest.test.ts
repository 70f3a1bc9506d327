import { listNames } from "../../config/nearest";

const names = (count: number) => Array.from({ length: count }, (_, index) => `stream-${index + 1}`);

test("few names are listed as they come, many by those nearest to what was written", () => {
  expect(listNames([])).toBe("none");
  expect(listNames(names(20), "stream-17")).toBe(names(20).join(", "));
  expect(listNames(names(21), "stream-17")).toMatch(/^stream-17, (stream-\d+, ){3}stream-\d+ and 16 others$/);
});

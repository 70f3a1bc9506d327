import { withoutTraces } from "../../stacks/without-traces";

test("traces come back, also when the work fails", () => {
  const { prepareStackTrace } = Error;
  expect(withoutTraces(() => new Error("x").stack)).toBe("Error: x");
  expect(() =>
    withoutTraces(() => {
      throw new Error("y");
    }),
  ).toThrow("y");
  expect(Error.prepareStackTrace).toBe(prepareStackTrace);
});

import { checkJson } from "../../policies/check";
import { policies } from "../../policies/policies";
import { repositoryPlatform, synthesise } from "../support/platform";
import { type BadValues, inUse, others, starts } from "./support/accepted-values";
import { asPlanned } from "./support/planned-shape";

type Arguments = Readonly<Record<string, unknown>>;

const stacks = [...synthesise(repositoryPlatform()).values()];
const ofStacks = (type: string) =>
  stacks.flatMap(({ resource }) => Object.values(resource[type] ?? {})).find((args) => args !== undefined);

/** What judges values; everybody as a member is a value too, that a security rule refuses. */
const judges = new Set([
  "iam/no-public-members",
  ...policies.filter(({ kind }) => kind === "value").map(({ id }) => id),
]);

const messages = (type: string, args: Arguments) =>
  new Set(
    checkJson("test", { resource: { [type]: { bad: args } } })
      .filter(({ policy }) => judges.has(policy))
      .map(({ policy, message }) => `${message} [${policy}]`),
  );

const listBad = (table: BadValues, start: (type: string) => Arguments | undefined) =>
  Object.entries(table).flatMap(([type, values]) =>
    values.map(([what, change]) => ({ type, what, before: start(type) ?? {}, after: { ...start(type), ...change } })),
  );

/** What is said of the changed resource and not of the one before. */
function refusals({ type, before, after }: ReturnType<typeof listBad>[number]): string[] {
  const said = messages(type, before);
  return [...messages(type, after)].filter((message) => !said.has(message));
}

const tables: [name: string, bad: ReturnType<typeof listBad>][] = [
  ["types that the stacks use", listBad(inUse, ofStacks)],
  ["types that they do not use yet", listBad(others, (type) => starts[type])],
];

describe.each(tables)("values of %s that the provider accepts", (name, bad) => {
  test("are refused, at synth and in a plan", () => {
    const passed = bad.filter((value) => {
      const { type, before, after } = value;
      const known = Object.keys({ ...before, ...after });
      const planned = { ...value, before: asPlanned(type, before, known), after: asPlanned(type, after, known) };
      return refusals(value).length === 0 || refusals(planned).length === 0;
    });
    process.stdout.write(
      `${bad.length - passed.length} of ${bad.length} values that the provider accepts are refused: ${new Set(bad.map(({ type }) => type)).size} ${name}\n`,
    );
    expect(passed.map(({ type, what }) => `${type}: ${what}`)).toEqual([]);
  });
});

test("no type in use is among the others", () => {
  expect(Object.keys(others).filter((type) => ofStacks(type) !== undefined)).toEqual([]);
});

test("every type in use that is listed starts from a resource of the stacks, which has no findings of values", () => {
  const types = Object.keys(inUse);
  expect(types.filter((type) => ofStacks(type) === undefined)).toEqual([]);
  expect(types.flatMap((type) => [...messages(type, ofStacks(type)!)])).toEqual([]);
});

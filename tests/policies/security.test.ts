import { type Arguments, isObject } from "../../policies/arguments";
import { checkArguments } from "../../policies/check";
import { policies } from "../../policies/policies";
import { asPlanned } from "./support/planned-shape";
import { refusedTypes, type Unsafe, unsafe } from "./support/unsafe-arguments";

const says = (id: string, type: string, args: Arguments) =>
  checkArguments(type, args)
    .filter(({ policy }) => policy === id)
    .map(({ message }) => message);

/** The same arguments as they are written, with single blocks as objects, and as a plan shows them. */
function shapes({ type, right, wrong }: Unsafe, args: Arguments): Arguments[] {
  return [args, asPlanned(type, args, [...Object.keys(right), ...Object.keys(wrong)])];
}

/** Values as only Terraform knows them. */
function hidden(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(hidden);
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hidden(inner)]))
    : value === undefined
      ? undefined
      : "${var.hidden}";
}

const cases = Object.entries(unsafe).flatMap(([id, each]) => each.map((one) => ({ id, ...one })));

test("every rule of security over single resources is in one of the tables", () => {
  const ids = policies.filter(({ kind }) => kind === "security").map(({ id }) => id);
  expect([...Object.keys(unsafe), ...Object.keys(refusedTypes)].sort()).toEqual(ids.sort());
  expect(Object.values(unsafe).filter((each) => each.length === 0)).toEqual([]);
});

test.each(cases)("$id: $message", ({ id, type, right, wrong, message }) => {
  const one = { type, right, wrong, message };
  expect(shapes(one, right).flatMap((args) => says(id, type, args))).toEqual([]);
  expect(shapes(one, { ...right, ...wrong }).map((args) => says(id, type, args))).toEqual([[message], [message]]);
});

test.each(cases.filter(({ wrong }) => !Object.values(wrong).includes(undefined)))(
  "$id passes what is not known yet in $type: $wrong",
  ({ id, type, right, wrong, message }) => {
    const args = { ...right, ...(hidden(wrong) as Arguments) };
    expect(shapes({ type, right, wrong, message }, args).flatMap((shape) => says(id, type, shape))).toEqual([]);
  },
);

test.each(
  Object.entries(refusedTypes).flatMap(([id, types]) => types.map(([type, message]) => ({ id, type, message }))),
)("$id refuses every $type", ({ id, type, message }) => {
  expect([says(id, type, {}), says(id, type, { role: "roles/run.invoker" })]).toEqual([[message], [message]]);
});

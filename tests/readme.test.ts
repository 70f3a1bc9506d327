import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Checkout } from "./support/checkout";

/** A command of the README with the output printed below it. */
interface Example {
  readonly command: string;
  readonly exitCode: number;
  readonly output: readonly string[];
}

const readme = readFileSync(join(__dirname, "..", "README.md"), "utf8");

/** Commands of all `console` blocks: every one of them needs no account. */
const examples: Example[] = [...readme.matchAll(/```console\n(.*?)```/gs)].flatMap(([, block]) =>
  block!
    .split(/^\$ /m)
    .slice(1)
    .map((example) => {
      const [line = "", ...output] = example.trimEnd().split("\n");
      const [, command = "", code = "0"] = /^(.*?)(?: # exits with (\d+))?$/.exec(line)!;
      return { command, exitCode: Number(code), output };
    }),
);

const checkout = new Checkout();
afterAll(() => checkout.remove());

/** Lines in a form that is the same on every machine: without times and versions, and without the width that times give a table. */
function comparable(line: string): string {
  return line
    .replace(/\d+(\.\d+)+( s)?/g, "NUMBER")
    .replace(/[─┌┬┐├┼┤└┴┘]+/g, "─")
    .replace(/\s+/g, " ")
    .trim();
}

test("the README has examples", () => {
  expect(examples.length).toBeGreaterThan(8);
});

// In their order, since one command deploys what the next one looks at.
test.each(examples)(
  "$ $command",
  async ({ command, exitCode, output }) => {
    const ended = await checkout.run(command);
    expect(ended).toMatchObject({ code: exitCode });

    const printed = ended.output.split("\n").map(comparable);
    for (const line of output.filter((expected) => expected !== "…")) {
      const at = printed.indexOf(comparable(line));
      expect({ line, missingIn: at === -1 ? ended.output : undefined }).toEqual({ line, missingIn: undefined });
      printed.splice(0, at + 1);
    }
  },
  300_000,
);

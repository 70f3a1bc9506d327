import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { Review } from "../../../tools/review/review";

const folder = join(__dirname, "../../../tools/review/output");

/** Names of functions that write a review as a text. */
const isOutput = (name: string) => /^(terminalText|review[A-Z]\w*|\w+Markdown)$/.test(name);

/** Every way in which a review is written, by the name of its function: new ones are among them. */
export const outputs: ReadonlyMap<string, (review: Review) => string> = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const module = require(join(folder, file)) as Record<string, (review: Review) => string>;
      return Object.entries(module).filter(([name]) => isOutput(name));
    }),
);

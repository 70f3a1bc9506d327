// Worker of synth.ts: the same resources with cdktf's classes and nothing else. Arguments: teams, folder of the stacks of one
// team as the blueprint made them, output folder.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { App, type TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import { report } from "./measure";

type Values = Readonly<Record<string, unknown>>;
type Class = new (scope: Construct, id: string, config: Values) => TerraformProvider;

/** Arguments whose keys are the user's. */
const maps = new Set(["labels", "user_labels", "parameters", "headers", "dimensions", "limits", "default_labels"]);

const classes = new Map<string, Class>();

/** Class of a type, loaded alone as the blueprint does. */
function classOf(type: string, beta: boolean, data: boolean): Class {
  const known = classes.get(`${type}${data}`);
  if (known) {
    return known;
  }
  const kebab = type.replace(/_/g, "-");
  const name = beta ? kebab : kebab.replace(/^google-/, "");
  const folder = `@cdktf/provider-google${beta ? "-beta" : ""}/lib/${data ? `data-google-${name}` : name}`;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const module = require(folder) as Record<string, Class & { tfResourceType?: string }>;
  const found = Object.values(module).find(({ tfResourceType }) => tfResourceType === type)!;
  classes.set(`${type}${data}`, found);
  return found;
}

function camel(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(camel);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "//" && key !== "provider")
      .map(([key, entry]) => [
        key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
        key === "depends_on" ? (entry as string[]).map((fqn) => ({ fqn })) : maps.has(key) ? entry : camel(entry),
      ]),
  );
}

interface StackJson {
  readonly provider: Readonly<Record<string, readonly Values[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Values>>>>;
  readonly data?: StackJson["resource"];
}

function makeStack(app: App, name: string, json: StackJson): void {
  const stack = new TerraformStack(app, name);
  const providers = Object.fromEntries(
    Object.entries(json.provider).map(([provider, [config]]) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const module = require(`@cdktf/provider-${provider}/lib/provider`) as Record<string, Class>;
      return [provider, new (Object.values(module)[0]!)(stack, provider, camel(config) as Values)];
    }),
  );
  for (const data of [false, true]) {
    for (const [type, named] of Object.entries((data ? json.data : json.resource) ?? {})) {
      for (const [id, args] of Object.entries(named)) {
        const beta = args["provider"] === "google-beta";
        const provider = beta ? { provider: providers["google-beta"] } : {};
        new (classOf(type, beta, data))(stack, id, { ...(camel(args) as Values), ...provider });
      }
    }
  }
}

const [count, folder, outdir] = process.argv.slice(2);
const app = new App({ outdir: outdir! });
for (const stack of readdirSync(join(folder!, "stacks"))) {
  const text = readFileSync(join(folder!, "stacks", stack, "cdk.tf.json"), "utf8");
  for (let index = 0; index < (stack.includes("team0") ? Number(count) : 1); index += 1) {
    const name = `team${index}`;
    makeStack(app, stack.replace("team0", name), JSON.parse(text.replaceAll("team0", name)) as StackJson);
  }
}
app.synth();
report(outdir!);

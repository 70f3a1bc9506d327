import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Bindings, type BindingSchemas } from "./bindings";
import { factsOf, withFacts } from "./facts";
import type { Block, TypeSchema } from "./schema";

/** Raise it when the parsed form changes: what was parsed before is then parsed again. */
const format = 1;

/** Schemas of every type of one provider, read when first asked for. */
export class Catalogue {
  private schemas: BindingSchemas | undefined;
  private readonly resources = new Map<string, TypeSchema | undefined>();

  /**
   * @param name `google` or `google-beta`
   * @param cacheFolder where the parsed bindings are kept between starts
   */
  constructor(
    readonly name: "google" | "google-beta",
    private readonly cacheFolder: string,
  ) {}

  /** Reads the bindings now. Throws where they are not installed. */
  load(): void {
    this.schemas ??= this.readSchemas();
  }

  get provider(): Block {
    return this.all.provider;
  }

  get resourceTypes(): string[] {
    return Object.keys(this.all.resources);
  }

  get dataSourceTypes(): string[] {
    return Object.keys(this.all.dataSources);
  }

  resource(type: string): TypeSchema | undefined {
    if (!this.resources.has(type)) {
      const block = this.all.resources[type];
      const facts = factsOf(type);
      this.resources.set(
        type,
        block && {
          version: facts?.version ?? 0,
          block: facts ? withFacts(block, facts) : block,
          hasFacts: facts !== undefined,
        },
      );
    }
    return this.resources.get(type);
  }

  dataSource(type: string): Block | undefined {
    return this.all.dataSources[type];
  }

  private get all(): BindingSchemas {
    this.load();
    return this.schemas!;
  }

  private readSchemas(): BindingSchemas {
    const bindings = Bindings.installed(`@cdktf/provider-${this.name}`);
    const prefix = `${this.name}@`;
    const file = join(this.cacheFolder, `${prefix}${bindings.version}-${format}.json`);
    const cached = readCached(file);
    if (cached) {
      return cached;
    }
    const schemas = bindings.parse();
    mkdirSync(this.cacheFolder, { recursive: true });
    for (const old of readdirSync(this.cacheFolder).filter((name) => name.startsWith(prefix))) {
      rmSync(join(this.cacheFolder, old), { force: true });
    }
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(schemas));
    renameSync(temporary, file);
    return schemas;
  }
}

/** What was parsed before; nothing where there is none, or half of one. */
function readCached(file: string): BindingSchemas | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as BindingSchemas;
  } catch {
    return undefined;
  }
}

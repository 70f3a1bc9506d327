import type { DuckDBConnection, DuckDBInstance, DuckDBResultReader, DuckDBScalarFunction } from "@duckdb/node-api";

import type { Context } from "../context";
import { macros } from "./functions";
import { engineType, jsonStructure, type Row } from "./schema";
import { invalid, type PreparedQuery, prepare, type QueryOptions } from "./sql";
import { dotted, notFound, type Table, type TableName, TableStore } from "./tables";

/** Runs GoogleSQL over the stored rows, in an engine inside this process that is loaded with the first query. */
export class Engine {
  private readonly tables: TableStore;
  private connection: Promise<DuckDBConnection> | undefined;
  private instance: DuckDBInstance | undefined;
  private readonly loaded = new Map<string, string>();
  private readonly schemas = new Set<string>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(context: Context) {
    this.tables = new TableStore(context);
  }

  /** Queries run one after the other. */
  async run(
    text: string,
    options: Omit<QueryOptions, "exists">,
  ): Promise<{ query: PreparedQuery; result: DuckDBResultReader }> {
    const next = this.last.then(async () => this.runNow(text, options));
    this.last = next.catch(() => undefined);
    return next;
  }

  close(): void {
    this.instance?.closeSync();
    this.instance = undefined;
    this.connection = undefined;
    this.loaded.clear();
  }

  private async runNow(
    text: string,
    options: Omit<QueryOptions, "exists">,
  ): Promise<{ query: PreparedQuery; result: DuckDBResultReader }> {
    const connection = await (this.connection ??= this.open());
    const query = await prepare(text, { ...options, exists: (name) => this.tables.find(name) !== undefined });
    for (const name of query.tables) {
      await this.load(connection, this.tables.get(name), options);
    }
    const result = await this.execute(connection, query.sql, options);
    if (query.kind === "DML") {
      await this.keep(connection, query.tables[0]!);
    }
    return { query, result };
  }

  private async open(): Promise<DuckDBConnection> {
    const duckdb = await import("@duckdb/node-api");
    const { fingerprint64 } = await import("farmhash-modern");
    this.instance = await duckdb.DuckDBInstance.create(":memory:", {
      threads: "1",
      autoload_known_extensions: "false",
      enable_external_access: "false",
    });
    const connection = await this.instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    for (const macro of Object.values(macros)) {
      await connection.run(`CREATE MACRO ${macro}`);
    }
    const fingerprint: DuckDBScalarFunction = duckdb.DuckDBScalarFunction.create({
      name: "farm_fingerprint",
      parameterTypes: [duckdb.VARCHAR],
      returnType: duckdb.BIGINT,
      mainFunction: (_info, input, output) => {
        const texts = input.getColumnValues(0);
        texts.forEach((value, row) => {
          output.setItem(row, value === null ? null : BigInt.asIntN(64, fingerprint64(String(value))));
        });
        output.flush();
      },
    });
    connection.registerScalarFunction(fingerprint);
    return connection;
  }

  /** Brings what the engine has of a table or view up to date. */
  private async load(connection: DuckDBConnection, table: Table, options: Omit<QueryOptions, "exists">): Promise<void> {
    const { project, dataset } = table.name;
    const key = dotted(table.name);
    await this.makeSchema(connection, project, dataset);
    if (table.view !== undefined) {
      const view = await prepare(table.view, {
        ...options,
        project,
        parameters: [],
        exists: (name) => this.tables.find(name) !== undefined,
      });
      for (const name of view.tables) {
        await this.load(connection, this.tables.get(name), options);
      }
      await this.execute(connection, `CREATE OR REPLACE VIEW ${quoted(table.name)} AS ${view.sql}`, options);
      return;
    }
    const version = JSON.stringify([this.tables.version(table.name), table.fields]);
    if (this.loaded.get(key) === version) {
      return;
    }
    const columns = table.fields.map((field) => {
      const type = engineType(field);
      if (type === undefined) {
        throw invalid(`The sandbox cannot query ${key}: it does not have the type ${field.type} of ${field.name}`);
      }
      return `"${field.name}" ${type}`;
    });
    await connection.run(`CREATE OR REPLACE TABLE ${quoted(table.name)} (${columns.join(", ")})`);
    const rows = this.tables.batches(table.name).flatMap((batch) => batch.rows);
    const structure = JSON.stringify([jsonStructure(table.fields)]).replace(/'/g, "''");
    await connection.run(
      `INSERT INTO ${quoted(table.name)} SELECT r.* FROM (SELECT unnest(from_json($1, '${structure}')) AS r)`,
      [JSON.stringify(rows)],
    );
    this.loaded.set(key, version);
  }

  private async makeSchema(connection: DuckDBConnection, project: string, dataset: string): Promise<void> {
    if (!this.schemas.has(project)) {
      await connection.run(`ATTACH ':memory:' AS "${project}"`);
      this.schemas.add(project);
    }
    if (!this.schemas.has(`${project}.${dataset}`)) {
      await connection.run(`CREATE SCHEMA "${project}"."${dataset}"`);
      this.schemas.add(`${project}.${dataset}`);
    }
  }

  /** Keeps the rows of a table that a statement changed. */
  private async keep(connection: DuckDBConnection, name: TableName): Promise<void> {
    const reader = await connection.runAndReadAll(`SELECT CAST(to_json(t) AS VARCHAR) FROM ${quoted(name)} AS t`);
    const rows = reader.getRows().map(([json]) => JSON.parse(String(json)) as Row);
    this.tables.replace(name, rows);
    this.loaded.set(dotted(name), JSON.stringify([this.tables.version(name), this.tables.get(name).fields]));
  }

  private async execute(
    connection: DuckDBConnection,
    sql: string,
    options: { readonly project: string },
  ): Promise<DuckDBResultReader> {
    try {
      return await connection.runAndReadAll(sql);
    } catch (error) {
      const message = (error as Error).message;
      const missing = /Table with name "?([\w.-]+)"? does not exist/.exec(message)?.[1];
      if (missing !== undefined) {
        const [table = "", dataset = "", project = options.project] = missing.split(".").reverse();
        throw notFound({ project, dataset, table });
      }
      throw invalid(`The sandbox's engine refuses the query: ${message.split("\n")[0]!}`);
    }
  }
}

function quoted({ project, dataset, table }: TableName): string {
  return `"${project}"."${dataset}"."${table}"`;
}

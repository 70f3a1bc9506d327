import { isList, isObject, text, type ValueObject } from "../../values/value";
import type { Context } from "../context";
import { ReasonError } from "../error";
import type { Field, Row } from "./schema";

/** `acme.churn.events` */
export interface TableName {
  readonly project: string;
  readonly dataset: string;
  readonly table: string;
}

export interface Table {
  readonly name: TableName;
  readonly fields: readonly Field[];
  /** GoogleSQL of a view. */
  readonly view?: string;
}

/** Rows that were written together. */
export interface Batch {
  readonly at: number;
  readonly insertIds: readonly string[];
  readonly rows: readonly Row[];
}

const tableKind = "table";
const rowsKind = "rows";

export function dotted({ project, dataset, table }: TableName): string {
  return `${project}.${dataset}.${table}`;
}

/** Tables and views that Terraform made, tables that services made, and the rows of both. */
export class TableStore {
  constructor(private readonly context: Context) {}

  find(name: TableName): Table | undefined {
    const { project, dataset, table } = name;
    const id = `projects/${project}/datasets/${dataset}/tables/${table}`;
    const resource = this.context.cloud.get("google_bigquery_table", id);
    return resource ? fromTerraform(name, resource.values) : this.context.store.get<Table>(tableKind, dotted(name));
  }

  /** Throws where there is no such table. */
  get(name: TableName): Table {
    const found = this.find(name);
    if (!found) {
      throw notFound(name);
    }
    return found;
  }

  hasDataset({ project, dataset }: TableName): boolean {
    return this.context.cloud.get("google_bigquery_dataset", `projects/${project}/datasets/${dataset}`) !== undefined;
  }

  /** Makes a table that no one declared, as services do that write into a dataset. */
  create(table: Table): void {
    this.context.store.put(tableKind, dotted(table.name), table);
  }

  batches(name: TableName): Batch[] {
    return this.context.store.list<Batch>(rowsKind, `${dotted(name)}/`).map(([, batch]) => batch);
  }

  append(name: TableName, batch: Batch): void {
    const count = this.version(name) + 1;
    this.context.store.put("counter", this.counter(name), count);
    this.context.store.put(rowsKind, `${dotted(name)}/${String(count).padStart(9, "0")}`, batch);
  }

  replace(name: TableName, rows: readonly Row[]): void {
    for (const [key] of this.context.store.list(rowsKind, `${dotted(name)}/`)) {
      this.context.store.delete(rowsKind, key);
    }
    this.append(name, { at: this.context.clock.now(), insertIds: [], rows });
  }

  /** Grows with every change of the rows. */
  version(name: TableName): number {
    return this.context.store.get<number>("counter", this.counter(name)) ?? 0;
  }

  private counter(name: TableName): string {
    return `rows:${dotted(name)}`;
  }
}

export function notFound({ project, dataset, table }: TableName): ReasonError {
  return new ReasonError(404, "notFound", `Not found: Table ${project}:${dataset}.${table}`, "NOT_FOUND");
}

function fromTerraform(name: TableName, values: ValueObject): Table {
  const views = values["view"];
  const view = isList(views) ? views[0] : views;
  const query = isObject(view) ? text(view, "query") : undefined;
  const fields = JSON.parse(text(values, "schema") ?? "[]") as Field[];
  return { name, fields, ...(query !== undefined && { view: query }) };
}

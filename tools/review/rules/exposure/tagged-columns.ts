import { type Arguments, blocks, isObject, isUnknown, listOf, parseJson, textOf } from "../../../../policies/arguments";
import { isDeeperThan, mostLevels } from "../../plan/depth";

/** What guards the columns of a table, by the path of the column: names of policy tags and of data policies. */
export type Tags = ReadonlyMap<string, readonly string[]>;

/** Columns that a schema declares; nothing where it is known after apply only. */
export function tagsOf({ schema }: Arguments): Tags | undefined {
  const fields = parseJson(schema);
  if (isUnknown(schema) && fields === undefined) {
    return undefined;
  }
  return new Map(isDeeperThan(mostLevels, fields) ? [] : columnsIn(fields, ""));
}

function columnsIn(fields: unknown, prefix: string): [string, readonly string[]][] {
  return blocks(fields).flatMap((field) => {
    const path = `${prefix}${textOf(field["name"])}`;
    return [[path, namesIn(field)] as [string, readonly string[]], ...columnsIn(field["fields"], `${path}.`)];
  });
}

function namesIn({ policyTags, dataPolicies }: Arguments): string[] {
  const tags = isObject(policyTags) ? listOf(policyTags["names"]) : [];
  return [...tags, ...blocks(dataPolicies).map(({ name }) => name)].map(textOf).filter(Boolean).sort();
}

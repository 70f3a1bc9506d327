import { isList, isObject, text, type ValueObject } from "../values/value";

const placeholder = /\{(\w+)(?::(last))?\}/g;

/** Fills the braces of an id template. Throws where an argument is missing. */
export function fillTemplate(template: string, args: ValueObject): string {
  return template.replace(placeholder, (_, name: string, part?: string) => {
    const value = text(args, name);
    if (value === undefined) {
      throw new Error(`the id '${template}' needs '${name}', which is not set`);
    }
    return part === "last" ? lastSegment(value) : value;
  });
}

/** Names in braces. */
export function placeholders(template: string): string[] {
  return [...template.matchAll(placeholder)].map(([, name]) => name!);
}

/** `events` of `projects/acme/topics/events`. */
export function lastSegment(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}

/** Arguments that an id was made of; `undefined` where the id has another form. */
export function readTemplate(template: string, id: string): Record<string, string> | undefined {
  const names = placeholders(template);
  const literals = template.split(/\{[^}]*\}/).map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = literals
    .map((literal, index) => (index === 0 ? literal : `(${index === literals.length - 1 ? ".+" : ".+?"})${literal}`))
    .join("");
  const match = new RegExp(`^${pattern}$`).exec(id);
  return match ? Object.fromEntries(names.map((name, index) => [name, match[index + 1]!])) : undefined;
}

/**
 * Id of the resource that a reference means. References come as ids, as the ends of ids, as names, and as URLs of either:
 * `events`, `projects/acme/topics/events`, `//pubsub.googleapis.com/projects/acme/topics/events`.
 * @param around arguments of the referring resource: they give the project and location that a reference leaves out
 */
export function resolveReference(template: string, reference: string, around: ValueObject): string | undefined {
  const path = reference.replace(urlStart, "");
  const segments = template.split("/");
  const ends = segments.map((_, index) => segments.slice(index)).filter(([first]) => !first!.startsWith("{"));
  const read = [template, ...ends.map((end) => end.join("/"))].map((end) => readTemplate(end, path)).find(Boolean);
  const names = placeholders(template);
  const parts: ValueObject = { ...around, ...(read ?? { [names[names.length - 1]!]: lastSegment(path) }) };
  return names.every((name) => text(parts, name) !== undefined) ? fillTemplate(template, parts) : undefined;
}

/** `https://www.googleapis.com/compute/v1/`, `https://pubsub.googleapis.com/v1/`, `//pubsub.googleapis.com/` */
const urlStart = /^(?:https:)?\/\/[^/]+\/(?:(?:[a-z]+\/)?v\d\w*\/)?/;

/** Title of a grant's condition, which is part of its id; empty where there is none. */
export function conditionTitle(args: ValueObject): string {
  const blocks = args["condition"];
  const condition = isList(blocks) ? blocks[0] : undefined;
  return isObject(condition) ? (text(condition, "title") ?? "") : "";
}

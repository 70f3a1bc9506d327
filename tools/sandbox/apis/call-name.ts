/** Last words of paths that Google calls otherwise. Sources: ids of the methods in the discovery documents of storage and bigquery */
const collections: Readonly<Record<string, string>> = { o: "objects", insertAll: "tabledata.insertAll" };

const ofCollection: Readonly<Record<string, string>> = { GET: "list", POST: "create" };
const ofItem: Readonly<Record<string, string>> = {
  GET: "get",
  PATCH: "patch",
  PUT: "update",
  DELETE: "delete",
  POST: "call",
};

/**
 * Name of a method, such as `vertex.endpoints.deployModel`.
 * @param route its verb and path template: `POST /v1/.../endpoints/{endpoint}:deployModel`
 */
export function callName(service: string, route: string): string {
  const [, method, path, verb] = /^(\w+) (.*?)(?::(\w+))?$/.exec(route)!;
  const words = path!.split("/").filter((word) => !word.startsWith("{"));
  const collection = collections[words.at(-1)!] ?? words.at(-1)!;
  if (collection.includes(".")) {
    return `${service}.${collection}`;
  }
  const verbs = path!.endsWith("}") ? ofItem : ofCollection;
  return `${service}.${collection}.${verb ?? verbs[method!]!}`;
}

/** Whether a method is meant by a name in which the collection, the verb, or both may be left out: `vertex.patch`, `vertex`. */
export function isMeant(written: string, name: string): boolean {
  const [service, ...rest] = written.split(".");
  const [ofName, ...words] = name.split(".");
  return (
    service === ofName && (rest.length < 2 ? rest.every((word) => words.includes(word)) : rest.join() === words.join())
  );
}

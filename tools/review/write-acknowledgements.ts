import { isMap, isSeq, parseDocument, type YAMLSeq } from "yaml";

import type { ReviewAcknowledgement } from "../../config/schema/review";

const key = "acknowledgements";

/**
 * The content of a file of acknowledgements with some more. Those of the same rule, stack and address go, unless their digest is one
 * of `current`: they accepted what is planned no more. What else is in the file stays as it is written.
 */
export function withAcknowledgements(
  content: string,
  added: readonly ReviewAcknowledgement[],
  current: readonly string[] = [],
): string {
  const document = parseDocument(content);
  if (!isSeq(document.get(key))) {
    document.set(key, document.createNode([]));
  }
  const list = document.get(key) as YAMLSeq;
  list.flow = false;
  list.items = list.items.filter((item) => !added.some((each) => isReplaced(item, each, current)));
  added.forEach((each) => list.add(document.createNode(each)));
  return document.toString({ lineWidth: 0 });
}

function isReplaced(item: unknown, added: ReviewAcknowledgement, current: readonly string[]): boolean {
  return (
    isMap(item) &&
    (["rule", "stack", "address"] as const).every((name) => item.get(name) === added[name]) &&
    (item.get("digest") === added.digest || !current.includes(String(item.get("digest"))))
  );
}

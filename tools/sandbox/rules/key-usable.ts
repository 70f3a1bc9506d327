import { isList, isObject, text } from "../values/value";
import { keyDenied } from "./key-granted";
import { encrypters, keysUsed } from "./keys";
import { failure, type Rule, type World } from "./rule";

export const keyUsable: Rule = {
  id: "key-usable",
  why: "A customer-managed key must exist and must not have been destroyed.",
  source: "https://cloud.google.com/kms/docs/key-states",
  wording: "as received",
  check: (change, world) => {
    const [email] = encrypters(change, world);
    for (const { argument, key } of email === undefined ? [] : keysUsed(change.args)) {
      const isOwn = key.startsWith(`projects/${change.project}/`);
      if (isOwn && !world.cloud.get("google_kms_crypto_key", key)) {
        return {
          error: failure(change, keyDenied(change.type, email!, key)),
          remedy: `'${argument}' names the key '${key}', which does not exist: apply the stack that makes it first.`,
        };
      }
      const disabled = disabledVersion(key, world);
      if (disabled) {
        return {
          error: failure(change, `400: ${disabled.name} is not enabled, current state is: ${disabled.state}.`),
          remedy: `'${argument}' names a key that was destroyed: use another key, or forget the project in the sandbox.`,
        };
      }
    }
    return undefined;
  },
};

function disabledVersion(key: string, { cloud }: World): { name: string; state: string } | undefined {
  const primary = cloud.get("google_kms_crypto_key", key)?.values["primary"];
  const version = isList(primary) ? primary[0] : undefined;
  if (!isObject(version)) {
    return undefined;
  }
  const state = text(version, "state") ?? "ENABLED";
  return state === "ENABLED" ? undefined : { name: text(version, "name") ?? key, state };
}

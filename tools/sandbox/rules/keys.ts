import { texts } from "../values/texts";
import type { ValueObject } from "../values/value";

const keyPattern =
  /^(projects\/[^/]+\/locations\/([^/]+)\/keyRings\/[^/]+\/cryptoKeys\/[^/]+)(?:\/cryptoKeyVersions\/\d+)?$/;

/** A customer-managed key that an argument names. */
export interface KeyUse {
  /** Path of the argument, such as `encryption.0.default_kms_key_name`. */
  readonly argument: string;
  /** Id of the key, without a version. */
  readonly key: string;
  readonly location: string;
}

/** Keys that a resource is encrypted with. */
export function keysUsed(args: ValueObject): KeyUse[] {
  return texts(args).flatMap(([argument, value]) => {
    const match = keyPattern.exec(value);
    return match ? [{ argument, key: match[1]!, location: match[2]! }] : [];
  });
}

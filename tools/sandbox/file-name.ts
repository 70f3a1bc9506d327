import { createHash } from "node:crypto";

/** Ids hold slashes, colons and more: all but safe characters are encoded, and long ones end in a digest. */
export function fileName(id: string): string {
  const encoded = encodeURIComponent(id)
    .replace(/^\./, "%2E")
    .replace(/[*'()!~]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  const digest = createHash("sha256").update(id).digest("hex").slice(0, 32);
  return encoded.length <= 200 ? encoded : `${encoded.slice(0, 160)}~${digest}`;
}

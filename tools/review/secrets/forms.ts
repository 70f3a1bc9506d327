import { parseJson } from "../../../policies/arguments";

/** Shortest piece of a secret that is masked by itself, such as one of its lines. */
const shortestPiece = 8;

/** Shortest form that is masked: what base64 leaves of four characters. */
export const shortestForm = 4;

/** How a secret may stand in a text: as it is, within JSON, HCL, HTML, URLs or base64, and its lines one by one. */
export function formsOf(secret: string): Set<string> {
  const lines = secret.split("\n").map((line) => line.trim());
  const plain = [secret, secret.trim(), ...lines].filter((text) => text === secret || text.length >= shortestPiece);
  const texts = new Set(plain.flatMap((text) => [text, ...quoted(text)]));
  const forms = [...texts].flatMap((text) => [text, ...inUrls(text), ...inBase64(text)]);
  return new Set(forms.filter((form) => form.length >= shortestForm));
}

/** Members of IAM policies and names of resources: they say who and where, and open nothing. */
const isName = /^((user|group|serviceAccount):[\w.+-]+@[\w-]+\.[\w.-]+|projects\/[\w-]+\/[\w./@-]+)$/;

/**
 * Texts within JSON that is a secret as a whole: whoever reads a part of it gets a secret too. Names are left out: providers call
 * every object's content a secret, and a review must say who gets access.
 */
export function leavesOf(secret: string): string[] {
  const leaves: string[] = [];
  const parts: unknown[] = /^\s*[[{]/.test(secret) ? [parseJson(secret)] : [];
  while (parts.length > 0) {
    const part = parts.pop();
    if (typeof part === "string" && part.length >= shortestPiece && !isName.test(part)) {
      leaves.push(part);
    } else if (typeof part === "object" && part !== null) {
      Object.values(part).forEach((inner) => parts.push(inner));
    }
  }
  return leaves;
}

/** Characters that stand for themselves everywhere. */
const isPlain = /^[\w.~-]*$/;

/** A text as it stands in others, and in those within others. */
function quoted(text: string): string[] {
  return isPlain.test(text) ? [] : quotations.flatMap((quote) => [quote(text), quote(quote(text))]);
}

/** JavaScript's JSON, that of Go and Terraform, that of Python, Terraform's own quotation, and HTML. */
const quotations: readonly ((text: string) => string)[] = [
  inJson,
  (text) => inJson(text).replace(/[<>&\u2028\u2029]/g, unicodeEscape),
  (text) => inJson(text).replace(/[\u0080-\uffff]/g, unicodeEscape),
  (text) => inJson(text).replace(/([$%])\{/g, "$1$1{"),
  (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`),
  (text) =>
    text.replace(/[&<>"']/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[char] ?? "&#39;"),
];

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Half of a surrogate pair has no form in a URL. */
function inUrls(text: string): string[] {
  if (isPlain.test(text) || /\p{Surrogate}/u.test(text)) {
    return [];
  }
  const strict = encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  return [encodeURIComponent(text), encodeURI(text), strict].flatMap((encoded) => [
    encoded,
    encoded.replace(/%20/g, "+"),
    encoded.replace(/%[0-9A-F]{2}/gi, (escape) => escape.toLowerCase()),
    encoded.replace(/%[0-9A-F]{2}/gi, (escape) => escape.toUpperCase()),
  ]);
}

/** What base64 makes of a text depends on where it begins within three bytes; characters that it shares with others are left out. */
function inBase64(text: string): string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const first = [0, 2, 3][offset]!;
    const last = Math.floor((padded.length * 8) / 6);
    return [padded.toString("base64"), padded.toString("base64url")].map((encoded) => encoded.slice(first, last));
  });
}

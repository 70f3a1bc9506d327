/** What stands in the place of a secret. */
export const hidden = "(sensitive value)";

/** Characters that lead to the secrets that begin with them. */
const prefix = 4;

/** Shortest piece of a secret that is masked by itself: one of its lines, or what base64 makes of its middle. */
const shortestPiece = 8;

/** Masks secrets by value, wherever they stand in a text, also in the forms that encodings give them. */
export class Redactor {
  /** Forms of all secrets by their first characters, the longest first. */
  private readonly forms = new Map<string, string[]>();

  constructor(secrets: Iterable<string>) {
    const forms = new Set([...secrets].flatMap(formsOf));
    for (const form of [...forms].sort((a, b) => b.length - a.length)) {
      const key = form.slice(0, prefix);
      this.forms.set(key, [...(this.forms.get(key) ?? []), form]);
    }
  }

  /** A text without secrets. */
  mask(text: string): string {
    if (this.forms.size === 0) {
      return text;
    }
    let masked = "";
    let from = 0;
    for (let at = 0; at + prefix <= text.length; at++) {
      const form = this.forms.get(text.slice(at, at + prefix))?.find((each) => text.startsWith(each, at));
      if (form !== undefined) {
        masked += text.slice(from, at) + hidden;
        from = at + form.length;
        at = from - 1;
      }
    }
    return masked + text.slice(from);
  }

  /** A value whose texts, the names of its parts among them, hold no secrets. */
  maskAll<T>(value: T): T {
    return this.forms.size === 0 ? value : (this.masked(value) as T);
  }

  private masked(value: unknown): unknown {
    if (typeof value === "string") {
      return this.mask(value);
    }
    if (Array.isArray(value)) {
      return value.map((inner) => this.masked(inner));
    }
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [this.mask(name), this.masked(inner)]));
    }
    return typeof value === "number" && this.mask(String(value)) === hidden ? hidden : value;
  }
}

/** How a secret may stand in a text: as it is, within JSON, URLs, HTML or base64, and its lines one by one. */
function formsOf(secret: string): string[] {
  const texts = [secret, secret.trim(), ...secret.split("\n").map((line) => line.trim())];
  const long = texts.filter((text) => text === secret || text.length >= shortestPiece);
  return long.flatMap((text) => [text, inJson(text), inJson(inJson(text)), inUrl(text), ...inBase64(text)]);
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Half of a surrogate pair has no form in a URL. */
function inUrl(text: string): string {
  return /\p{Surrogate}/u.test(text) ? text : encodeURIComponent(text);
}

/** What base64 makes of a text depends on where it begins within three bytes; characters that it shares with others are left out. */
function inBase64(text: string): string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2]
    .map((offset) => {
      const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
        .toString("base64")
        .replace(/=+$/, "");
      const first = [0, 2, 3][offset]!;
      const last = Math.floor(((offset + bytes.length) * 8) / 6);
      return encoded.slice(first, last);
    })
    .filter((encoded) => encoded.length >= shortestPiece);
}

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** What a reader cannot see, or what moves other text: control, format and ignorable characters, halves of pairs, odd spaces. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

/** A text in one line, with every invisible character told: `\n`, `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(unseen, (character) => named[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

export function visibleLines(text: string): string[] {
  return text.split(/\r?\n/).map(visible);
}

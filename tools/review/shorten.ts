/** A text of at most so many characters, with what is left out told. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) {
    return text;
  }
  const end = /[\uD800-\uDBFF]/.test(text[longest - 1]!) ? longest - 1 : longest;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}

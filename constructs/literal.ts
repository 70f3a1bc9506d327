/** Long texts so far: teams share the sources of their workflows, and so does what is made of them. */
const known = new Map<string, string>();

/** Text of which Terraform evaluates nothing. A replacement is a function, since `$$` in a text for `replaceAll` means one `$`. */
export function literal(text: string): string {
  const made = known.get(text) ?? text.replaceAll("${", () => "$${").replaceAll("%{", () => "%%{");
  if (text.length > 1_000) {
    known.set(text, made);
  }
  return made;
}

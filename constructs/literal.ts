/** Text of which Terraform evaluates nothing. A replacement is a function, since `$$` in a text for `replaceAll` means one `$`. */
export function literal(text: string): string {
  return text.replaceAll("${", () => "$${").replaceAll("%{", () => "%%{");
}

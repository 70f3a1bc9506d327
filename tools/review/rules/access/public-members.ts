import { accessRule } from "./access-rule";

export const publicMembersGet = accessRule({
  id: "access/public",
  title: "Everybody gets access",
  severity: "critical",
  why: "`allUsers` is the whole internet, `allAuthenticatedUsers` everybody with a Google account, also outside of the company.",
  check: "Is it public on purpose, all of it, and who decided?",
  concern: "public",
  severityOf: () => "critical",
});

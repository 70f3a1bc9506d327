import Table from "cli-table3";

import type { AccessChange, Review } from "../../review";
import { type Paper, plain } from "./paper";

/** Rows beyond these are counted. */
const mostRows = 50;

/** Narrower than this, a table is harder to read than a list. */
const narrow = 72;

/** Members that get or lose a role. */
export function accessTable({ access }: Review, paper: Paper): void {
  if (access.length === 0) {
    return;
  }
  paper.heading("Access");
  const shown = access.slice(0, mostRows);
  if (paper.width < narrow) {
    shown.forEach((each) => paper.line(`${effect(each, paper)}  ${cells(each).join("  ")}`, 2));
  } else {
    paper.asIs(table(shown, paper));
  }
  if (access.length > mostRows) {
    paper.line(`${access.length - mostRows} more`, 2);
  }
}

function table(access: readonly AccessChange[], paper: Paper): string {
  const effectWidth = 9;
  const rest = paper.width - effectWidth - 5;
  const widths = [0.4, 0.3].map((share) => Math.floor(rest * share));
  const rows = new Table({
    head: ["", "Member", "Role", "On"].map((title) => paper.colors.bold(title)),
    colWidths: [effectWidth, ...widths, rest - widths[0]! - widths[1]!],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
  });
  rows.push(...access.map((each) => [effect(each, paper), ...cells(each)]));
  return rows.toString();
}

function cells({ member, role, resource, condition }: AccessChange): string[] {
  return [plain(member), plain(role), plain(condition === null ? resource : `${resource} if ${condition}`)];
}

function effect({ effect: text }: AccessChange, { colors }: Paper): string {
  return { gets: colors.yellow, "may get": colors.yellow, loses: colors.green }[text](text);
}

import type { Review } from "../../review";
import { accessText } from "../words";
import type { Chapter } from "./budget";
import { code } from "./text";

const marks = { gets: "➕ gets", "may get": "❔ may get", loses: "➖ loses" };

/** Members that get or lose a role, the ones that get it first. */
export function access(review: Review): Chapter {
  return {
    heading: `### Access ${review.isAccessBroadened ? "gets wider" : "changes"}: ${accessText(review)}\n\n`,
    noun: "grant",
    sections: [
      {
        open: "| | Member | Role | On | Condition |\n| --- | --- | --- | --- | --- |\n",
        blocks: review.access.map(
          ({ effect, member, role, resource, condition }) =>
            `| ${marks[effect]} | ${code(member)} | ${code(role)} | ${code(resource)} | ${condition === null ? "" : code(condition)} |\n`,
        ),
        close: "\n",
      },
    ],
    share: 0.5,
  };
}

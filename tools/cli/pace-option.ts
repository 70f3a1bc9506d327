import { InvalidArgumentError, Option } from "commander";

/** `--pace`, of the commands that let time pass. */
export function paceOption(): Option {
  return new Option("--pace <seconds>", "simulated seconds that pass in a real one").default(60).argParser((text) => {
    const pace = Number(text);
    if (!(pace > 0 && pace <= 100_000)) {
      throw new InvalidArgumentError("It must be a number of seconds, more than 0 and at most 100000, such as 60.");
    }
    return pace;
  });
}

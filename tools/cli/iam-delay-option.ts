import { InvalidArgumentError, Option } from "commander";

/** `--iam-delay`, of the commands that start a sandbox. */
export function iamDelayOption(): Option {
  return new Option(
    "--iam-delay <seconds>",
    "do not see a grant until it is that old, to find what relies on luck",
  ).argParser((text) => {
    const seconds = Number(text);
    if (text.trim() === "" || !Number.isFinite(seconds) || seconds < 0) {
      throw new InvalidArgumentError("It must be a number of seconds, such as 5.");
    }
    return seconds;
  });
}

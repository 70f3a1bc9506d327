import type pc from "picocolors";
import wrap from "wrap-ansi";

import { visible, visibleLines } from "../visible";

/** Lines for a terminal of some width. What a plan says comes in through `plain`: it may hold control sequences. */
export class Paper {
  private readonly lines: string[] = [];

  constructor(
    readonly width: number,
    readonly colors: ReturnType<typeof pc.createColors>,
  ) {}

  /** A line that wraps, indented with all that follows from it, which may hang deeper. */
  line(text: string, indent = 0, hang = 0): void {
    const [first = "", ...others] = wrap(text, this.width - indent - hang, { hard: true }).split("\n");
    this.lines.push(" ".repeat(indent) + first, ...others.map((line) => " ".repeat(indent + hang) + line));
  }

  /** Lines that hold their own spaces. */
  block(text: string, indent = 0, paint = (line: string) => line): void {
    for (const each of visibleLines(text)) {
      const wrapped = wrap(each, this.width - indent, { hard: true, trim: false }).split("\n");
      this.lines.push(...wrapped.map((line) => `${" ".repeat(indent)}${paint(line)}`.trimEnd()));
    }
  }

  /** Lines that are as wide as they are. */
  asIs(text: string): void {
    this.lines.push(...text.split("\n"));
  }

  heading(text: string): void {
    this.gap();
    this.line(this.colors.bold(text));
  }

  gap(): void {
    if (this.lines.at(-1) !== "") {
      this.lines.push("");
    }
  }

  text(): string {
    return this.lines.join("\n");
  }
}

/** A text of a plan, made harmless. */
export function plain(text: string): string {
  return visible(text);
}

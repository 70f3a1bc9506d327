/** Lines that stay, and below them one that changes. Without a terminal only what stays is printed. */
export class LiveScreen {
  private live = "";

  constructor(private readonly out: NodeJS.WriteStream = process.stdout) {}

  /** Whether somebody sees it change. */
  get isLive(): boolean {
    return this.out.isTTY;
  }

  print(line: string): void {
    this.clear();
    this.out.write(`${line}\n`);
    this.draw();
  }

  /** Changes the last line; an empty text takes it away. */
  show(text: string): void {
    this.clear();
    this.live = text;
    this.draw();
  }

  private clear(): void {
    if (this.out.isTTY && this.live !== "") {
      this.out.write("\r\x1b[2K");
    }
  }

  private draw(): void {
    if (this.out.isTTY) {
      this.out.write(this.live);
    }
  }
}

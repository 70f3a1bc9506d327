/** What may be written, and where the rest can be read. */
export interface Budget {
  /** UTF-16 units, as GitHub counts. */
  readonly characters: number;
  /** Bytes of UTF-8. */
  readonly bytes: number;
  readonly elsewhere: string;
}

/** Blocks that stand within a table, a fence or a fold, which opens before the first and closes after the last. */
export interface Section {
  readonly open: string;
  readonly blocks: readonly string[];
  readonly close: string;
}

export interface Chapter {
  readonly heading: string;
  /** What a block is, such as `finding`. */
  readonly noun: string;
  readonly sections: readonly Section[];
  /** Of the room that is left, what this chapter may take before all others had their turn. */
  readonly share: number;
}

interface Size {
  readonly characters: number;
  readonly bytes: number;
}

/**
 * Puts as much between head and tail as fits: whole blocks, those of the first chapters first. Every chapter stands there, if only to
 * say how many of its blocks do not.
 */
export function fill(head: string, chapters: readonly Chapter[], tail: string, budget: Budget): string {
  const pages = chapters.map((chapter) => new Page(chapter, budget.elsewhere));
  let room = minus(budget, sizeOf(head), sizeOf(tail), ...pages.map((page) => page.least));
  for (const ofShare of [(share: number) => share, () => 1]) {
    for (const page of pages) {
      room = minus(room, page.take(room, ofShare(page.chapter.share)));
    }
  }
  return head + pages.map((page) => page.text()).join("") + tail;
}

/** A chapter with the blocks that it has taken so far. */
class Page {
  private readonly blocks: readonly { readonly section: Section; readonly size: Size }[];
  private taken = 0;

  constructor(
    readonly chapter: Chapter,
    private readonly elsewhere: string,
  ) {
    this.blocks = chapter.sections.flatMap((section) =>
      section.blocks.map((block, index) => ({
        section,
        size: sizeOf(index === 0 ? section.open + block + section.close : block),
      })),
    );
  }

  /** The heading, and that nothing fits. */
  get least(): Size {
    return sizeOf(this.chapter.heading + this.more(this.blocks.length));
  }

  /** Takes blocks in their order until one does not fit, and says how much room they take. The first, which is the worst, may take it all. */
  take(room: Size, share: number): Size {
    let used: Size = { characters: 0, bytes: 0 };
    for (const { size } of this.blocks.slice(this.taken)) {
      const next = { characters: used.characters + size.characters, bytes: used.bytes + size.bytes };
      const part = this.taken === 0 ? 1 : share;
      if (next.characters > room.characters * part || next.bytes > room.bytes * part) {
        break;
      }
      used = next;
      this.taken += 1;
    }
    return used;
  }

  text(): string {
    let left = this.taken;
    const sections = this.chapter.sections.map(({ open, blocks, close }) => {
      const shown = blocks.slice(0, left);
      left -= shown.length;
      return shown.length > 0 ? open + shown.join("") + close : "";
    });
    return this.chapter.heading + sections.join("") + this.more(this.blocks.length - this.taken);
  }

  private more(count: number): string {
    const what = `${count} more ${this.chapter.noun}${count === 1 ? "" : "s"}`;
    return count > 0 ? `_${what}: see ${this.elsewhere}._\n\n` : "";
  }
}

function sizeOf(text: string): Size {
  return { characters: text.length, bytes: Buffer.byteLength(text) };
}

function minus(size: Size, ...others: readonly Size[]): Size {
  return others.reduce(
    (left, other) => ({ characters: left.characters - other.characters, bytes: left.bytes - other.bytes }),
    size,
  );
}

/** A picture of the page in parts that may be drawn one after the other. */
export type Parts = (() => void)[];

const BETWEEN = 100;

/**
 * When the page is drawn: what a person does shows in the next frame, all of it. Of a stream of events there are ten pictures a second –
 * more nobody can read, and packets travel by themselves – each a part a frame, so that no frame is late.
 */
export class Pictures {
  private drawn = Number.NEGATIVE_INFINITY;
  private awaited = false;
  private whole = false;
  private later: ReturnType<typeof setTimeout> | undefined;
  private unfinished: Parts = [];

  constructor(private readonly compose: () => Parts) {}

  soon(): void {
    this.whole = true;
    this.await();
  }

  stream(): void {
    this.later ??= setTimeout(() => this.await(), Math.max(0, this.drawn + BETWEEN - performance.now()));
  }

  private await(): void {
    if (!this.awaited) {
      this.awaited = true;
      requestAnimationFrame(() => this.begin());
    }
  }

  private begin(): void {
    if (!this.whole && this.unfinished.length > 0) {
      requestAnimationFrame(() => this.begin());
      return;
    }
    clearTimeout(this.later);
    this.later = undefined;
    this.awaited = false;
    this.drawn = performance.now();
    this.unfinished = this.compose();
    const parts = this.unfinished;
    const count = this.whole ? parts.length : 1;
    this.whole = false;
    this.goOn(parts, count);
  }

  /** Unless there is a newer picture. */
  private goOn(parts: Parts, count: number): void {
    if (parts === this.unfinished) {
      for (const part of parts.splice(0, count)) {
        part();
      }
      if (parts.length > 0) {
        requestAnimationFrame(() => this.goOn(parts, 1));
      }
    }
  }
}

/** So long a packet is shown, milliseconds: in a stream of them nobody could read one that is gone a picture later. */
const STAYS = 400;

/** Which packet the page shows while others come: one after the other, each long enough to be seen, and at last the newest. */
export class Attention {
  private packet: number | undefined;
  private since = Number.NEGATIVE_INFINITY;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  /** @param again called when it is another one's turn */
  constructor(private readonly again: () => void) {}

  /** The one that is shown. */
  get shown(): number | undefined {
    return this.packet;
  }

  /** @param now whether the newest one is wanted at once, as when a person has chosen it */
  of(newest: number | undefined, now: boolean): number | undefined {
    const time = performance.now();
    if (!now && newest !== this.packet && this.packet !== undefined && time < this.since + STAYS) {
      this.waiting ??= setTimeout(
        () => {
          this.waiting = undefined;
          this.again();
        },
        this.since + STAYS - time,
      );
      return this.packet;
    }
    if (newest !== this.packet) {
      this.packet = newest;
      this.since = time;
    }
    return newest;
  }
}

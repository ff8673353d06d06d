/**
 * Keys pressed while a program runs. Each message of them is underway until the server has taken it; only then is it known whether the
 * program read them or they come back, for the line that is typed next. Until then keys pressed at the prompt are held behind them.
 */
export class TypedAhead {
  private readonly underway = new Set<string>();
  /** Keys went to the server since the last line: what it gives back is this browser's, not another viewer's. */
  private own = false;
  private returned = "";
  private held = "";

  /** Whether keys pressed now must wait. */
  get unsettled(): boolean {
    return this.underway.size > 0 || this.returned !== "";
  }

  sent(id: string | undefined): void {
    this.own = true;
    if (id !== undefined) {
      this.underway.add(id);
    }
  }

  /** Whether the message was one of these. */
  taken(id: string): boolean {
    return this.underway.delete(id);
  }

  cameBack(keys: string): void {
    if (this.own) {
      this.returned += keys.replaceAll("\n", "\r");
    }
  }

  lineSent(): void {
    this.own = false;
  }

  hold(keys: string): void {
    this.held += keys;
  }

  /** All keys in the order in which they were pressed, once nothing more can come back; undefined until then. */
  release(): string | undefined {
    if (this.underway.size > 0) {
      return undefined;
    }
    const keys = this.returned + this.held;
    this.returned = "";
    this.held = "";
    return keys;
  }

  /** What came back belongs to a screen that is no more. */
  forget(): void {
    this.returned = "";
    this.held = "";
  }
}

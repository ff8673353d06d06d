/** How much is drawn of what hangs on a bridge: nothing but its number, as much as its place has room for, or all. */
export type Fold = "folded" | "some" | "all";

/** Which networks a person has folded away or drawn out in full, and which the lesson is not about. */
export class Folds {
  private readonly chosen = new Map<string, Fold>();
  private aside: ReadonlySet<string> = new Set();

  of(block: string): Fold {
    return this.chosen.get(block) ?? (this.aside.has(block) ? "folded" : "some");
  }

  /** Folds these away unless the person chose otherwise; says whether others were until now. */
  lay(aside: ReadonlySet<string>): boolean {
    const other = aside.size !== this.aside.size || [...aside].some((block) => !this.aside.has(block));
    this.aside = aside;
    return other;
  }

  set(block: string, fold: Fold): void {
    this.chosen.set(block, fold);
  }

  /** Folds away, or draws again; from a counted node on, all. */
  toggle(block: string): void {
    this.set(block, this.of(block) === "folded" ? "some" : "folded");
  }
}

/** How much is drawn of what hangs on a bridge: nothing but its number, as much as its place has room for, or all. */
export type Fold = "folded" | "some" | "all";

/** Which networks a person has folded away or drawn out in full. */
export class Folds {
  private readonly chosen = new Map<string, Fold>();

  of(block: string): Fold {
    return this.chosen.get(block) ?? "some";
  }

  set(block: string, fold: Fold): void {
    this.chosen.set(block, fold);
  }

  /** Folds away, or draws again; from a counted node on, all. */
  toggle(block: string): void {
    this.set(block, this.of(block) === "folded" ? "some" : "folded");
  }
}

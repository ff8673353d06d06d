import type { Topology } from "../protocol/messages";
import { Folds } from "../topology/folds";
import { layOut } from "../topology/layout";
import type { Scene } from "../topology/scene";
import { Slots } from "../topology/slots";

/** The layout of the structure shown, which remembers where things are and what is folded away. */
export class Drawing {
  scene: Scene | undefined;
  private topology: Topology | undefined;
  private readonly slots = new Slots();
  private readonly folds = new Folds();

  /** Lays out another structure, or the same with other things folded away. */
  show(topology: Topology | undefined): void {
    if (topology && (topology !== this.topology || !this.scene)) {
      this.topology = topology;
      this.scene = layOut(topology, this.slots, this.folds);
    }
  }

  /** Folds away what the lesson is not about just now: names of bridges such as `host/docker0`. */
  layAside(names: ReadonlySet<string>): void {
    if (this.folds.lay(names)) {
      this.scene = undefined;
    }
  }

  /** Folds a block away or draws it; from its counted node, with all that it has. */
  fold(block: string, counted: boolean): void {
    counted ? this.folds.set(block, "all") : this.folds.toggle(block);
    this.scene = undefined;
  }

  /** Draws a thing that is folded away. */
  reveal(node: string): void {
    const box = this.scene?.boxOf.get(node);
    if (box?.kind === "fold") {
      this.fold(box.fold!.block, true);
    }
  }
}

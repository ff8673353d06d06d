import { html, nothing, render, svg } from "lit";
import type { Topology } from "../protocol/messages";
import { drawFlag } from "../topology/flag";
import { type Flight, Flights } from "../topology/flights";
import { drawOutline } from "../topology/outline";
import type { Scene } from "../topology/scene";
import { drawScene } from "../topology/view";
import { legibleView, pan, type View, wholeView, zoom } from "../topology/viewport";
import { type Lit, litBy, type WayStep } from "../topology/way";

export interface CanvasModel {
  topology: Topology | undefined;
  scene: Scene | undefined;
  way: readonly WayStep[];
  line: "plain" | "dashed" | "dotted";
  /** The packet's label is shown where it stands. */
  flagged: boolean;
  hovered: string | undefined;
  inspected: string | undefined;
  /** What the lesson is about just now. */
  focus: ReadonlySet<string>;
  onPick(node: string): void;
  onHover(node: string | undefined): void;
}

const STEP = 1.25;

/** The drawing with its zoom, and the layer on which packets travel. */
export class Canvas {
  private view: View | undefined;
  /** Set once the person has zoomed or moved; until then all is shown. */
  private moved = false;
  private model: CanvasModel | undefined;
  private flights: Flights | undefined;

  constructor(private readonly host: HTMLElement) {
    host.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    host.addEventListener("pointerdown", (event) => this.drag(event));
  }

  draw(model: CanvasModel): void {
    this.model = model;
    const { scene, topology } = model;
    if (!scene || !topology) {
      render(html`<p class="canvas-wait">Starting the world …</p>`, this.host);
      return;
    }
    const lit: Lit | undefined = model.way.length > 0 ? litBy(model.way) : undefined;
    const at = lit?.at;
    if (!this.moved || !this.view) {
      const aspect = this.host.clientWidth / Math.max(1, this.host.clientHeight);
      this.view = legibleView(scene.width, scene.height, aspect, at && scene.nodes.get(at.node));
    }
    const { x, y, w, h } = this.view;
    render(
      html`<svg class="scene" viewBox="${x} ${y} ${w} ${h}" aria-hidden="true">
          ${drawScene({ ...model, scene, lit })} ${model.flagged && at ? drawFlag(scene, at, model.line) : nothing} ${svg`<g class="flights"></g>`}
        </svg>
        ${drawOutline(topology, model.onPick, model.onHover)}
        <div class="zoom" role="group" aria-label="Zoom">
          <button class="icon" aria-label="Zoom in" title="Zoom in (+)" @click=${() => this.zoomBy(1 / STEP)}>+</button>
          <button class="icon" aria-label="Zoom out" title="Zoom out (−)" @click=${() => this.zoomBy(STEP)}>−</button>
          <button class="icon" aria-label="Show all" title="Show all (0)" ?disabled=${!this.moved} @click=${() => this.showAll()}>⤢</button>
        </div>`,
      this.host,
    );
    this.flights ??= new Flights(this.host.querySelector<SVGGElement>(".flights")!, () => this.model?.scene);
  }

  launch(flights: readonly Flight[]): void {
    this.flights?.launch(flights);
  }

  clearFlights(): void {
    this.flights?.clear();
  }

  zoomBy(factor: number): void {
    if (this.view) {
      this.change(zoom(this.view, factor, { x: this.view.x + this.view.w / 2, y: this.view.y + this.view.h / 2 }, this.whole()));
    }
  }

  showAll(): void {
    this.moved = false;
    this.redraw();
  }

  private whole(): View {
    return wholeView(this.model?.scene?.width ?? 1, this.model?.scene?.height ?? 1);
  }

  private change(view: View): void {
    this.view = view;
    this.moved = true;
    this.redraw();
  }

  private redraw(): void {
    if (this.model) {
      this.draw(this.model);
    }
  }

  private scale(): number {
    const matrix = this.host.querySelector<SVGSVGElement>("svg.scene")?.getScreenCTM();
    return matrix ? matrix.a : 1;
  }

  private wheel(event: WheelEvent): void {
    const drawing = this.host.querySelector<SVGSVGElement>("svg.scene");
    const matrix = drawing?.getScreenCTM();
    if (!this.view || !matrix) {
      return;
    }
    event.preventDefault();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    this.change(zoom(this.view, Math.exp(event.deltaY * 0.0016), at, this.whole()));
  }

  private drag(down: PointerEvent): void {
    if (down.button !== 0 || (down.target as Element).closest("button")) {
      return;
    }
    let last = { x: down.clientX, y: down.clientY };
    let far = false;
    const move = (event: PointerEvent) => {
      const dx = event.clientX - last.x;
      const dy = event.clientY - last.y;
      far ||= Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > 4;
      if (far && this.view) {
        last = { x: event.clientX, y: event.clientY };
        this.host.classList.add("dragging");
        this.change(pan(this.view, -dx / this.scale(), -dy / this.scale(), this.whole()));
      }
    };
    const up = () => {
      window.removeEventListener("pointermove", move);
      this.host.classList.remove("dragging");
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up, { once: true });
  }
}

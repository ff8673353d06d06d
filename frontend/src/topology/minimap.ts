import { type SVGTemplateResult, svg } from "lit";
import { guard } from "lit/directives/guard.js";
import type { Point, Scene } from "./scene";
import type { View } from "./viewport";

const KINDS = ["host", "machine", "switch", "band", "bridge", "namespace", "fold"];

/** The whole drawing, small, with the part of it that is seen. */
export function drawMinimap(scene: Scene, view: View, onMove: (to: Point) => void): SVGTemplateResult {
  const move = (event: PointerEvent) => {
    if (event.buttons === 1) {
      const matrix = (event.currentTarget as SVGSVGElement).getScreenCTM();
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix!.inverse());
      event.stopPropagation();
      onMove({ x: at.x, y: at.y });
    }
  };
  return svg`<svg class="minimap" viewBox="0 0 ${scene.width} ${scene.height}" aria-hidden="true" @pointerdown=${move} @pointermove=${move}>
    <path class="mini-boxes" d=${guard([scene], () =>
      scene.boxes
        .filter((b) => KINDS.includes(b.kind))
        .map((b) => `M${b.x} ${b.y}h${b.w}v${b.h}h${-b.w}z`)
        .join(""),
    )} />
    <rect class="mini-view" x=${view.x} y=${view.y} width=${view.w} height=${view.h} />
  </svg>`;
}

import type { Point } from "../topology/scene";

interface Moved {
  /** By so many pixels. */
  pan(across: number, down: number): void;
  /** More than 1 is farther away; around a point of the window. */
  zoom(factor: number, at: Point): void;
}

/** A press that moves less is a click. */
const FAR = 4;
const WHEEL = 0.0016;
/** Two fingers on a touchpad come as a wheel with the control key, in smaller steps. */
const PINCHED = 0.01;
/** What lies over the drawing and is no part of it. */
const CONTROLS = "button, .finder, .minimap";

/** The mouse or a finger moves the drawing, the wheel or two fingers zoom it; what was moved is not clicked. */
export function followPointers(host: HTMLElement, moved: Moved): void {
  const held = new Map<number, Point>();
  let far = false;
  let ended = new AbortController();

  const move = (event: PointerEvent) => {
    const before = held.get(event.pointerId);
    if (!before) {
      return;
    }
    const now = { x: event.clientX, y: event.clientY };
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    far ||= other !== undefined || apart(before, now) > FAR;
    if (!far) {
      return;
    }
    host.classList.add("dragging");
    held.set(event.pointerId, now);
    if (other) {
      moved.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
      moved.zoom(apart(before, other) / Math.max(1, apart(now, other)), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    } else {
      moved.pan(now.x - before.x, now.y - before.y);
    }
  };
  const up = (event: PointerEvent) => {
    held.delete(event.pointerId);
    if (held.size > 0) {
      return;
    }
    ended.abort();
    host.classList.remove("dragging");
    if (far) {
      swallowClick();
    }
  };

  host.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.target as Element).closest(CONTROLS)) {
      return;
    }
    if (held.size === 0) {
      far = false;
      ended = new AbortController();
      const { signal } = ended;
      window.addEventListener("pointermove", move, { signal });
      window.addEventListener("pointerup", up, { signal });
      window.addEventListener("pointercancel", up, { signal });
    }
    held.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  host.addEventListener(
    "wheel",
    (event) => {
      if (!(event.target as Element).closest(".finder")) {
        event.preventDefault();
        moved.zoom(Math.exp(event.deltaY * (event.ctrlKey ? PINCHED : WHEEL)), { x: event.clientX, y: event.clientY });
      }
    },
    { passive: false },
  );
}

const apart = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

/** That of the pointer just let go, which comes at once if at all. */
function swallowClick(): void {
  const over = new AbortController();
  window.addEventListener("click", (event) => event.stopPropagation(), { capture: true, signal: over.signal });
  setTimeout(() => over.abort());
}

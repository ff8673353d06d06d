// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import { followPointers } from "./gestures";

describe("fingers on the drawing", () => {
  function touched() {
    const host = document.createElement("section");
    const box = document.createElement("button");
    const outer = document.createElement("main");
    const drawn = document.createElement("p");
    host.append(drawn, box);
    outer.append(host);
    document.body.append(outer);
    const clicked = vi.fn();
    drawn.addEventListener("click", clicked);
    const pan = vi.fn();
    const zoom = vi.fn();
    followPointers(host, { pan, zoom });
    const pointer = (type: string, pointerId: number, clientX: number, clientY = 0, on: EventTarget = drawn) =>
      on.dispatchEvent(new PointerEvent(type, { pointerId, clientX, clientY, button: 0, bubbles: true }));
    return { pan, zoom, clicked, pointer, drawn, box };
  }

  it("move it, and what was moved is not clicked", async () => {
    const { pan, zoom, clicked, pointer, drawn } = touched();
    pointer("pointerdown", 1, 100);
    pointer("pointermove", 1, 102);
    expect(pan).not.toHaveBeenCalled();
    pointer("pointermove", 1, 120, 8);
    pointer("pointermove", 1, 125, 8);
    expect(pan.mock.calls).toEqual([
      [20, 8],
      [5, 0],
    ]);
    pointer("pointerup", 1, 125);
    drawn.click();
    expect(clicked).not.toHaveBeenCalled();
    await new Promise((passed) => setTimeout(passed));
    drawn.click();
    expect(clicked).toHaveBeenCalledTimes(1);
    expect(zoom).not.toHaveBeenCalled();
  });

  it("press what they do not move", () => {
    const { pan, clicked, pointer, drawn, box } = touched();
    pointer("pointerdown", 1, 100);
    pointer("pointerup", 1, 101);
    drawn.click();
    expect(clicked).toHaveBeenCalledTimes(1);
    pointer("pointerdown", 1, 100, 0, box);
    pointer("pointermove", 1, 200);
    expect(pan).not.toHaveBeenCalled();
  });

  it("zoom it if they are two, around their middle", () => {
    const { pan, zoom, pointer } = touched();
    pointer("pointerdown", 1, 100);
    pointer("pointerdown", 2, 200);
    pointer("pointermove", 2, 300);
    expect(zoom).toHaveBeenCalledWith(0.5, { x: 200, y: 0 });
    expect(pan).toHaveBeenCalledWith(50, 0);
    pointer("pointerup", 2, 300);
    pointer("pointermove", 1, 110);
    expect(zoom).toHaveBeenCalledTimes(1);
    expect(pan).toHaveBeenLastCalledWith(10, 0);
    pointer("pointerup", 1, 110);
  });
});

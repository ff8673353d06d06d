// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { keepEnd } from "./keep-end";

describe("a terminal's end", () => {
  const LAST = 90;
  const active = { viewportY: LAST, baseY: LAST };
  let rendered: () => void;
  let frames: FrameRequestCallback[];
  let element: HTMLElement;
  const scrollToBottom = vi.fn();

  beforeEach(() => {
    frames = [];
    vi.stubGlobal("requestAnimationFrame", (frame: FrameRequestCallback) => frames.push(frame));
    active.viewportY = LAST;
    active.baseY = LAST;
    scrollToBottom.mockReset().mockImplementation(() => {
      active.viewportY = active.baseY;
    });
    element = document.createElement("div");
    const onRender = (then: () => void) => {
      rendered = then;
    };
    keepEnd({ buffer: { active }, onRender, scrollToBottom } as never, element);
  });

  const nextFrame = () => {
    for (const frame of frames.splice(0)) {
      frame(0);
    }
  };
  /** The row at the top of what is seen, after a picture in which it was another. */
  const seen = (row: number) => {
    active.viewportY = row;
    rendered();
    nextFrame();
    return active.viewportY;
  };
  const scrollTo = (row: number) => {
    active.viewportY = row;
    element.dispatchEvent(new Event("wheel"));
    nextFrame();
    rendered();
  };

  it("comes back into sight when nobody scrolled away from it", () => {
    expect(seen(70)).toBe(LAST);
  });

  it("is left when somebody scrolls up", () => {
    scrollTo(70);
    expect(seen(70)).toBe(70);
  });

  it("is kept again once it is in sight", () => {
    scrollTo(70);
    scrollTo(LAST);
    expect(seen(80)).toBe(LAST);
  });

  it("is sought again where the screen could not reach it yet", () => {
    scrollToBottom.mockImplementationOnce(() => undefined);
    expect(seen(80)).toBe(LAST);
  });

  it("is sought anew when more was written", () => {
    scrollToBottom.mockImplementation(() => undefined);
    for (let frame = 0; frame < 100; frame++) {
      seen(70);
    }
    scrollToBottom.mockImplementation(() => {
      active.viewportY = active.baseY;
    });
    active.baseY = LAST + 1;
    expect(seen(71)).toBe(LAST + 1);
  });

  it("is not sought for ever where it can not be reached", () => {
    scrollToBottom.mockImplementation(() => undefined);
    for (let frame = 0; frame < 100; frame++) {
      seen(80);
    }
    expect(scrollToBottom.mock.calls.length).toBeLessThan(30);
  });
});

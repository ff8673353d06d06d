// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Room } from "./room";

const fit = vi.hoisted(() => vi.fn());
vi.mock("@xterm/addon-fit", () => ({
  FitAddon: class {
    fit = fit;
  },
}));

describe("a terminal's room", () => {
  let seen: (visible: boolean) => void;
  let room: Room;
  let width: number;

  beforeEach(() => {
    fit.mockClear();
    width = 390;
    vi.stubGlobal(
      "IntersectionObserver",
      class {
        observe = vi.fn();
        constructor(then: (entries: unknown[]) => void) {
          seen = (isIntersecting) => then([{ isIntersecting }]);
        }
      },
    );
    const element = document.createElement("div");
    Object.defineProperties(element, { clientWidth: { get: () => width }, clientHeight: { get: () => width } });
    room = new Room({ loadAddon: vi.fn() } as never, element);
  });

  it("is taken at once when it opens, so that the server knows the size", () => {
    room.open();
    expect(fit).toHaveBeenCalledTimes(1);
  });

  it("is taken when the terminal comes into sight, not before", () => {
    width = 0;
    room.open();
    width = 390;
    room.fit();
    expect(fit).not.toHaveBeenCalled();
    seen(true);
    expect(fit).toHaveBeenCalledTimes(1);
  });

  it("is taken anew whenever it changes in sight", () => {
    room.open();
    seen(true);
    fit.mockClear();
    room.fit();
    expect(fit).toHaveBeenCalledTimes(1);
    seen(false);
    room.fit();
    expect(fit).toHaveBeenCalledTimes(1);
  });
});

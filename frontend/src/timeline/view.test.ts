import { describe, expect, it } from "vitest";
import { scrolledTo } from "./view";

describe("the lane of the packet that is looked at", () => {
  it("is seen without scrolling among the first six", () => {
    expect([0, 3, 5].map((lane) => scrolledTo(lane, 0, 110))).toEqual([0, 0, 0]);
  });

  it("is scrolled to further down, just so far that it is seen", () => {
    expect(scrolledTo(6, 0, 110)).toBe(16);
    expect(scrolledTo(9, 0, 110)).toBe(64);
  });

  it("is scrolled to the sooner, the less is seen at once", () => {
    expect([2, 3].map((lane) => scrolledTo(lane, 0, 64))).toEqual([0, 14]);
  });

  it("is scrolled back to further up", () => {
    expect(scrolledTo(2, 64, 110)).toBe(32);
    expect(scrolledTo(0, 64, 110)).toBe(0);
  });

  it("stays where it is when it is seen", () => {
    expect(scrolledTo(7, 48, 110)).toBe(48);
  });
});

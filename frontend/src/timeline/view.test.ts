import { describe, expect, it } from "vitest";
import { scrolledTo } from "./view";

describe("the lane of the packet that is looked at", () => {
  it("is seen without scrolling among the first six", () => {
    expect([0, 3, 5].map((lane) => scrolledTo(lane, 0))).toEqual([0, 0, 0]);
  });

  it("is scrolled to further down, just so far that it is seen", () => {
    expect(scrolledTo(6, 0)).toBe(16);
    expect(scrolledTo(9, 0)).toBe(64);
  });

  it("is scrolled back to further up", () => {
    expect(scrolledTo(2, 64)).toBe(32);
    expect(scrolledTo(0, 64)).toBe(0);
  });

  it("stays where it is when it is seen", () => {
    expect(scrolledTo(7, 48)).toBe(48);
  });
});

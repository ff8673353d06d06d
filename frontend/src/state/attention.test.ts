import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Attention } from "./attention";

const again = vi.fn();
let attention: Attention;

beforeEach(() => {
  vi.useFakeTimers();
  again.mockClear();
  attention = new Attention(again);
});
afterEach(() => {
  vi.useRealTimers();
});

it("stays with a packet until it could be seen, and then asks for the newest", () => {
  expect(attention.of(1, false)).toBe(1);
  vi.advanceTimersByTime(100);
  expect([2, 3, 4].map((packet) => attention.of(packet, false))).toEqual([1, 1, 1]);
  expect(attention.shown).toBe(1);
  expect(again).not.toHaveBeenCalled();
  vi.advanceTimersByTime(400);
  expect(again).toHaveBeenCalledOnce();
  expect(attention.of(4, false)).toBe(4);
});

it("goes at once to what somebody chose, and to the first that comes after a rest", () => {
  attention.of(1, false);
  expect(attention.of(2, true)).toBe(2);
  vi.advanceTimersByTime(1000);
  expect(attention.of(3, false)).toBe(3);
});

it("goes at once to nothing when all is forgotten", () => {
  attention.of(1, false);
  expect(attention.of(undefined, true)).toBeUndefined();
  expect(attention.of(2, false)).toBe(2);
});

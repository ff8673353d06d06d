import { expect, it } from "vitest";
import { blockAt } from "./blocks";

const blocks = Array.from({ length: 20 }, (_, slot) => blockAt(slot));
const shelf = (n: number) => blocks.filter((b) => b.shelf === n);

it("gives every network a place of its own", () => {
  const overlapping = blocks.filter((a, i) => blocks.some((b, j) => i < j && a.shelf === b.shelf && a.x < b.x + b.w && b.x < a.x + a.w));
  expect(overlapping).toEqual([]);
});

it("fills two shelves of five tiles before they grow to seven and a third begins", () => {
  const eightNetworks = blocks.slice(0, 9);
  expect(new Set(eightNetworks.map((b) => b.shelf))).toEqual(new Set([0, 1]));
  expect(Math.max(...eightNetworks.map((b) => b.x))).toBeLessThan(blocks[9]!.x);
  expect(blocks.findIndex((b) => b.shelf === 2)).toBe(13);
  expect([shelf(0).length, shelf(1).length, shelf(2).length]).toEqual([6, 7, 7]);
});

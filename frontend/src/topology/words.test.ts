// @vitest-environment happy-dom
import { render, svg } from "lit";
import { expect, it } from "vitest";
import type { Box } from "./scene";
import { drawWords } from "./words";

const veth: Box = { id: "device:host//v0", kind: "loose", x: 0, y: 0, w: 120, h: 30, title: "v0", address: "10.9.0.1/24" };

/** What is written in a box, with letters of at least this size. */
function written(box: Box, least: number): string {
  const page = document.createElement("div");
  render(svg`<svg>${drawWords(box, undefined, { far: false, least })}</svg>`, page);
  return page.textContent?.replaceAll(/\s/g, "") ?? "";
}

it("an interface's address is written as far as it has room in its box", () => {
  expect(written(veth, 10)).toBe("v010.9.0.1/24");
  expect(written(veth, 14.25)).toBe("v010.9.0.1");
  expect(written({ ...veth, address: "192.168.100.100/24" }, 14.25)).toBe("v0");
});

/** The size of a hook's name as it is drawn from afar. */
function sizeOf(title: string, w: number): number {
  const page = document.createElement("div");
  const box: Box = { id: `station:host/${title}`, kind: "station", x: 0, y: 0, w, h: 50, title };
  render(svg`<svg>${drawWords(box, undefined, { far: true, least: 16 })}</svg>`, page);
  return Number(page.querySelector("text")?.getAttribute("font-size"));
}

it("the name of a hook keeps clear of its box's edges, also where its letters are wide", () => {
  // FORWARD is 5.2 times as wide as its letters are high in DejaVu Sans, the widest of the fonts that are likely
  expect(sizeOf("FORWARD", 87) * 5.2).toBeLessThanOrEqual(87 - 8);
});

it("a container's bold name is cut where its box ends", () => {
  const cell: Box = {
    id: "namespace:host/x",
    kind: "namespace",
    x: 0,
    y: 0,
    w: 134,
    h: 80,
    title: "a-very-long-container-name",
    lines: [],
  };
  expect(written(cell, 10).length * 12.5 * 0.61).toBeLessThanOrEqual(134 - 20);
});

it("a bold name from afar keeps clear of its box's edge, also with wide letters", () => {
  const page = document.createElement("div");
  const cell: Box = { id: "container:x", kind: "ghost", x: 0, y: 0, w: 134, h: 40, title: "amused_shaw" };
  render(svg`<svg>${drawWords(cell, undefined, { far: true, least: 14.5 })}</svg>`, page);
  // 7.4 times as wide as its letters are high in DejaVu Sans Bold
  expect(Number(page.querySelector("text")?.getAttribute("font-size")) * 7.4).toBeLessThanOrEqual(134 - 14);
});

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

// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import { Recorder } from "../../dev/recorder";
import { web, whoHas } from "../../dev/scenario";
import { world } from "../../dev/world";
import { layOut } from "../topology/layout";
import { Slots } from "../topology/slots";
import { wayOf } from "../topology/way";
import { Canvas, type CanvasModel } from "./canvas";

const nothing = () => undefined;
const topology = world(1, 0, [web]);
const scene = layOut(topology, new Slots());
const model: CanvasModel = {
  topology,
  scene,
  way: [],
  line: "plain",
  flagged: false,
  hovered: undefined,
  inspected: undefined,
  focus: new Set(),
  pale: new Set(),
  onFold: nothing,
  onFind: nothing,
  onPick: nothing,
  onHover: nothing,
};

it("shows packets on their way also after the world has started anew", () => {
  const frames: FrameRequestCallback[] = [];
  vi.stubGlobal("requestAnimationFrame", (frame: FrameRequestCallback) => frames.push(frame));
  const host = document.createElement("section");
  document.body.append(host);
  const canvas = new Canvas(host);
  canvas.draw(model);
  canvas.draw({ ...model, topology: undefined, scene: undefined });
  canvas.draw(model);
  const recorder = new Recorder();
  whoHas(recorder);
  canvas.launch([
    { way: () => wayOf(scene, recorder.events), line: "dotted", name: "ARP request", traffic: false, src: "a", dst: "b", alike: "" },
  ]);
  for (const frame of frames.splice(0)) {
    frame(1000);
  }
  expect(host.querySelector(".flights")?.textContent).toContain("ARP request");
});

/** A canvas and what gives it a size. */
function sizedCanvas() {
  let sized: (width: number, height: number) => void = nothing;
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe = nothing;
      constructor(then: (entries: unknown[]) => void) {
        sized = (width, height) => then([{ contentRect: { width, height } }]);
      }
    },
  );
  const host = document.createElement("section");
  return { host, canvas: new Canvas(host), sized };
}

it("looks again for what was typed before anything was drawn", () => {
  const { host, canvas } = sizedCanvas();
  document.body.append(host);
  const empty = { ...topology, machines: [], containers: [], networks: [], switches: [] };
  canvas.draw({ ...model, topology: empty });
  const box = host.querySelector<HTMLInputElement>("input[type=search]")!;
  box.value = "web";
  box.dispatchEvent(new Event("input"));
  expect(host.querySelectorAll("[role=option]").length).toBe(0);
  canvas.draw(model);
  expect(host.querySelector("[role=option]")?.textContent).toContain("web");
});

it("keeps its letters while another part of a narrow screen is shown", () => {
  const { host, canvas, sized } = sizedCanvas();
  canvas.draw(model);
  sized(390, 500);
  const letters = host.style.getPropertyValue("--least");
  sized(0, 0);
  expect(host.style.getPropertyValue("--least")).toBe(letters);
});

it("shows on a narrow screen what a new step is about, and not where the last packet was", () => {
  const { host, canvas, sized } = sizedCanvas();
  const recorder = new Recorder();
  whoHas(recorder);
  const way = wayOf(scene, recorder.events);
  canvas.draw({ ...model, way });
  sized(390, 600);
  const internet = scene.boxOf.get("machine:internet")!;
  const edges = () => {
    const [x = 0, , w = 0] = host.querySelector(".scene")!.getAttribute("viewBox")!.split(" ").map(Number);
    return [x, x + w] as const;
  };
  expect(edges()[1]).toBeLessThan(internet.x);
  canvas.draw({ ...model, way, focus: new Set([internet.id]) });
  expect(edges()[0]).toBeLessThanOrEqual(internet.x);
  expect(edges()[1]).toBeGreaterThanOrEqual(internet.x + internet.w);
});

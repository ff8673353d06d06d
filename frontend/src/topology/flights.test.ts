import { Window } from "happy-dom";
import { afterEach, expect, it, vi } from "vitest";
import { Recorder } from "../../dev/recorder";
import { web, whoHas } from "../../dev/scenario";
import { world } from "../../dev/world";
import { Flights } from "./flights";
import { layOut } from "./layout";
import { Slots } from "./slots";
import type { WayStep } from "./way";

afterEach(() => vi.unstubAllGlobals());

/** A browser whose frames come when they are asked for. */
function browser(): { layer: SVGGElement; frames(until: number): void } {
  const window = new Window();
  const waiting: ((now: number) => void)[] = [];
  vi.stubGlobal("document", window.document);
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  vi.stubGlobal("requestAnimationFrame", (frame: (now: number) => void) => waiting.push(frame));
  vi.stubGlobal("performance", { now: () => 0 });
  const layer = window.document.createElementNS("http://www.w3.org/2000/svg", "g") as unknown as SVGGElement;
  (window.document.body as unknown as HTMLElement).append(layer);
  return {
    layer,
    frames(until) {
      for (let now = 1000; now <= until; now += 100) {
        for (const frame of waiting.splice(0)) {
          frame(now);
        }
      }
    },
  };
}

it("goes on with the next packet when the last place of one is no longer drawn", () => {
  const { layer, frames } = browser();
  const recorder = new Recorder();
  whoHas(recorder);
  const event = recorder.events[0]!;
  const line = [
    { x: 0, y: 0 },
    { x: 90, y: 0 },
  ];
  const way = (last: string): WayStep[] => [
    { node: "machine:client", event, from: line } as WayStep,
    { node: last, event, from: [] } as unknown as WayStep,
  ];
  const flights = new Flights(
    layer,
    () => layOut(world(1, 0, [web]), new Slots()),
    () => 1,
  );
  const packets = ["device:host/gone/eth0", ...Array(6).fill("device:host/gone/eth0"), "machine:host"];
  flights.launch(packets.map((last, i) => ({ way: () => way(last), line: "plain", name: `packet ${i}` })));
  frames(9000);
  expect(layer.textContent).toContain("packet 7");
});

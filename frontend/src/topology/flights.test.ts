import { Window } from "happy-dom";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Recorder, request } from "../../dev/recorder";
import { web, whoHas } from "../../dev/scenario";
import { world } from "../../dev/world";
import type { TraceEvent } from "../protocol/messages";
import { type Course, courseOf, roomOf } from "./course";
import { Flights } from "./flights";
import { layOut } from "./layout";
import { meet } from "./room";
import { Slots } from "./slots";
import { type WayStep, wayOf } from "./way";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const scene = layOut(world(1, 0, [web]), new Slots());
const seen = { left: 0, right: scene.width, top: 0, bottom: scene.height, enlarged: 1 };
const recorder = new Recorder();
whoHas(recorder);
const syn = request(recorder, web, 39528, ["SYN"], 0);
const way = wayOf(
  scene,
  recorder.events.filter((e) => e.packet === syn.id),
);

/** A browser whose animations end when their time is over. */
function browser(): SVGGElement {
  const window = new Window();
  vi.useFakeTimers();
  Object.defineProperty(window.document, "timeline", { value: { currentTime: 0 } });
  vi.stubGlobal("document", window.document);
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  Object.assign(window.SVGElement.prototype, {
    animate(_: Keyframe[], { duration }: { duration: number }) {
      const animation: { onfinish?: () => void } = {};
      setTimeout(() => animation.onfinish?.(), duration);
      return animation;
    },
  });
  const layer = window.document.createElementNS("http://www.w3.org/2000/svg", "g") as unknown as SVGGElement;
  (window.document.body as unknown as HTMLElement).append(layer);
  return layer;
}

describe("packets that travel", () => {
  const flightsOn = (layer: SVGGElement) =>
    new Flights(
      layer,
      () => scene,
      () => seen,
    );
  const named = (i: number) => ({
    way: () => way,
    line: "plain" as const,
    name: `packet ${i}`,
    traffic: true,
    src: "a",
    dst: "b",
    alike: `${i}`,
  });

  it("end with a cross where they are lost, unless they are housekeeping", () => {
    const last = way.at(-1)!;
    const lost = (proto: string) => {
      const headers = { ...last.event.headers, ip: { ...last.event.headers.ip!, proto } };
      const event: TraceEvent = { ...last.event, headers, outcome: { kind: "dropped", reason: "ROUTE_NO_LISTENER" } };
      return courseOf(scene, [...way.slice(0, -1), { ...last, event }], { name: "it" }, seen)!.dropped;
    };
    expect(lost("tcp")).toBe(true);
    expect(lost("igmp")).toBe(false);
  });

  it("are never more than the eye can follow, and go one after the other", () => {
    const layer = browser();
    flightsOn(layer).launch(Array.from({ length: 9 }, (_, i) => named(i)));
    expect(layer.textContent).toContain("packet 0");
    expect(layer.textContent).not.toContain("packet 1");
    const seen = new Set<string>();
    for (let i = 0; i < 100; i++) {
      vi.advanceTimersByTime(50);
      const flying = [...layer.querySelectorAll(".name")].map((name) => name.textContent!);
      expect(flying.length).toBeLessThanOrEqual(5); // four on their way, and one that has just come there
      for (const name of flying) {
        seen.add(name);
      }
    }
    expect(seen.size).toBe(9);
    expect(layer.childElementCount).toBe(0);
  });

  it("are fewer at once, and farther apart, where their labels have less room", () => {
    const layer = browser();
    const flights = new Flights(
      layer,
      () => scene,
      () => ({ ...seen, right: 400 }),
    );
    flights.launch(Array.from({ length: 9 }, (_, i) => named(i)));
    vi.advanceTimersByTime(550);
    expect(layer.childElementCount).toBe(1);
    vi.advanceTimersByTime(100);
    expect(layer.childElementCount).toBe(2);
    vi.advanceTimersByTime(1000);
    expect(layer.childElementCount).toBeLessThanOrEqual(3); // one has just come there
  });

  it("fly as one where many alike wait, and say how many they are", () => {
    const layer = browser();
    flightsOn(layer).launch(Array.from({ length: 9 }, () => ({ ...named(0), name: "SYN" })));
    vi.advanceTimersByTime(400);
    expect([...layer.querySelectorAll(".name")].map((name) => name.textContent)).toEqual(["SYN ×9"]);
    vi.advanceTimersByTime(5000);
    expect(layer.childElementCount).toBe(0);
  });

  it("are passed over where they have no way to travel", () => {
    const layer = browser();
    const stands = { ...named(0), way: () => [{ ...way[0]!, from: [] }] as WayStep[] };
    flightsOn(layer).launch([stands, stands, named(2)]);
    expect(layer.textContent).toContain("packet 2");
  });

  it("are gone when one looks at another moment, and the next may set out", () => {
    const layer = browser();
    const flights = flightsOn(layer);
    flights.launch(Array.from({ length: 9 }, (_, i) => named(i)));
    vi.advanceTimersByTime(1000);
    flights.clear();
    expect(layer.childElementCount).toBe(0);
    vi.advanceTimersByTime(500);
    flights.launch([named(9)]);
    expect(layer.textContent).toContain("packet 9");
  });
});

describe("a packet's course", () => {
  const course = courseOf(scene, way, { name: "SYN" }, seen)!;

  it("begins and ends where its way does, and takes every corner", () => {
    const points = way.flatMap((step) => step.from);
    expect(course.moments[0]!.at).toEqual(points[0]);
    expect(course.moments.at(-1)!.at).toEqual(points.at(-1));
    const passed = new Set(course.moments.map(({ at }) => `${Math.round(at.x)} ${Math.round(at.y)}`));
    expect(points.filter(({ x, y }) => !passed.has(`${Math.round(x)} ${Math.round(y)}`))).toEqual([]);
  });

  it("has another label from where its address was rewritten", () => {
    const [sent, rewritten] = course.labels;
    expect(sent!.label.now).toBe("→ 192.168.1.10:5001");
    expect(rewritten!.label).toMatchObject({ before: "192.168.1.10:5001", now: "▲ 172.17.0.2:5001", kind: "dnat" });
    const { at } = course.moments.find(({ offset }) => offset >= rewritten!.offset)!;
    const { x, y, w, h } = scene.boxOf.get("station:host/PREROUTING")!;
    expect([at.x >= x && at.x <= x + w, at.y >= y && at.y <= y + h]).toEqual([true, true]);
  });

  it("keeps its label within what is seen, unless it is not in sight itself", () => {
    const half = course.labels[1]!.label.width / 2;
    const { moments } = courseOf(scene, way, { name: "SYN" }, { ...seen, right: 400 })!;
    const labels = (some: typeof moments) => some.map(({ at, label }) => at.x + label.x);
    const inSight = moments.filter(({ at }) => at.x <= 400);
    expect(Math.max(...labels(inSight)) + half).toBeLessThanOrEqual(400);
    expect(Math.max(...labels(moments))).toBeGreaterThan(400);
  });

  it("keeps it in sight from top to bottom, too, and does without it where another one has that place", () => {
    const own = (next: Course) => next.moments.map(({ offset }) => roomOf(next, offset * next.time, 1));
    const onTop = { x: scene.width / 2, y: 30, w: scene.width, h: 60 };
    const next = courseOf(scene, way, { name: "SYN" }, seen, () => [onTop])!;
    expect(Math.min(...own(next).map(({ y, h }) => y - h / 2))).toBeGreaterThanOrEqual(0);
    expect(own(next).filter((room) => meet(room, onTop))).toEqual([]);
    const all = { x: scene.width / 2, y: scene.height / 2, w: scene.width, h: scene.height };
    const none = courseOf(scene, way, { name: "SYN" }, seen, () => [all])!;
    expect(Math.min(...own(none).map(({ y, h }) => y - h / 2))).toBeGreaterThanOrEqual(0);
    expect(none.moments.filter(({ clear }) => clear)).toEqual([]);
  });

  it("makes room where it stays for what comes by then", () => {
    const alone = courseOf(scene, way, { name: "SYN" }, seen)!;
    const place = roomOf(alone, alone.time, 1);
    const next = courseOf(scene, way, { name: "SYN" }, seen, (later) => (later > alone.time + 100 ? [place] : []))!;
    expect(meet(roomOf(next, next.time, 1), place)).toBe(false);
  });

  it("is written without ports where those of its convoy differ", () => {
    const { labels } = courseOf(scene, way, { name: "SYN ×3", portless: { src: true, dst: false } }, seen)!;
    expect(labels.map(({ label }) => label.now)).toEqual(["→ 192.168.1.10:5001", "▲ 172.17.0.2:5001"]);
    const bare = courseOf(scene, way, { name: "SYN ×3", portless: { src: false, dst: true } }, seen)!.labels;
    expect(bare.map(({ label }) => `${label.before} ${label.now}`)).toEqual([" → 192.168.1.10", "192.168.1.10 ▲ 172.17.0.2"]);
  });

  it("has its label where none is yet, above those it meets, or does without where many are", () => {
    const back = [...way].reverse().map((step) => ({ ...step, from: [...step.from].reverse() }));
    for (const lead of [0, 150, 300, 450]) {
      const aloft: Course[] = [];
      for (let i = 0; i < 4; i++) {
        const taken = (later: number) => aloft.map((other, j) => roomOf(other, later + lead * (i - j), 1));
        const next = courseOf(scene, i % 2 === 0 ? way : back, { name: "SYN" }, seen, taken)!;
        const covered = next.moments.filter(({ offset }) => {
          const own = roomOf(next, offset * next.time, 1);
          return taken(offset * next.time).some((other) => meet(other, own));
        });
        expect(covered.filter(({ clear }) => clear)).toEqual([]);
        expect(covered.length, `${i} others, ${lead} ms ahead`).toBeLessThan(next.moments.length / 4);
        aloft.push(next);
      }
    }
  });
});

import { describe, expect, it } from "vitest";
import { Recorder } from "../../dev/recorder";
import { blocked, cache, curl, web, whoHas } from "../../dev/scenario";
import { world } from "../../dev/world";
import { type Course, courseOf, roomOf } from "./course";
import { layOut } from "./layout";
import { drawnIn, type Room, shared } from "./room";
import { Slots } from "./slots";
import { wayOf } from "./way";

const scene = layOut(world(1, 0, [web, cache]), new Slots());
const recorder = new Recorder();
whoHas(recorder);
curl(recorder, 39528);
blocked(recorder, 39530);
const ways = [...new Set(recorder.events.map((e) => e.packet))].map((id) =>
  wayOf(
    scene,
    recorder.events.filter((e) => e.packet === id),
  ),
);
const coursesAt = (enlarged: number) =>
  ways.flatMap(
    (way) => courseOf(scene, way, { name: "SYN" }, { left: 0, right: scene.width, top: 0, bottom: scene.height, enlarged }) ?? [],
  );

/** The share of a label that lies on words. */
const onWords = (room: Room, enlarged: number) =>
  drawnIn(scene, enlarged).words.reduce((sum, word) => sum + shared(word, room), 0) / (room.w * room.h);

describe("a travelling packet's label", () => {
  const EACH = 5;
  const shareOfTime = (course: Course, enlarged: number) => {
    const times = Array.from({ length: Math.floor(course.time / EACH) }, (_, i) => i * EACH);
    return times.filter((time) => onWords(roomOf(course, time, enlarged), enlarged) > 0.1).length / times.length;
  };

  it("leaves words readable, but for the moments in which it crosses a row of boxes", () => {
    for (const enlarged of [1, 1.4]) {
      const shares = coursesAt(enlarged).map((course) => shareOfTime(course, enlarged));
      expect(shares.length).toBeGreaterThan(10);
      expect(shares.reduce((a, b) => a + b) / shares.length).toBeLessThan(0.12);
      expect(Math.max(...shares)).toBeLessThan(0.17);
    }
  });

  it("covers next to nothing where it stays", () => {
    for (const enlarged of [1, 1.4]) {
      for (const course of coursesAt(enlarged)) {
        expect(onWords(roomOf(course, course.time, enlarged), enlarged)).toBeLessThan(0.2);
      }
    }
  });

  it("does not jump", () => {
    for (const course of coursesAt(1)) {
      for (let time = EACH; time <= course.time; time += EACH) {
        const [a, b] = [roomOf(course, time - EACH, 1), roomOf(course, time, 1)];
        expect(Math.hypot(b.x - a.x, b.y - a.y)).toBeLessThan(20);
      }
    }
  });
});

// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import type { Progress } from "../protocol/messages";
import { buildFrame } from "./frame";
import { LessonHost } from "./lesson-host";

const nothing = () => undefined;
const lesson = `<h2 data-crumb="Ports">Ports</h2><progress></progress><div class="lesson-body"></div><p class="lesson-live"></p>`;
const progress: Progress = { lesson: "ports", reached: 0, commands: 0, hints: 0, steps: [] };

it("asks for the lesson's text again when the answer is lost or an error", async () => {
  vi.useFakeTimers();
  const answers = [Promise.reject(new TypeError("connection lost")), Promise.resolve(new Response("", { status: 503 }))];
  const asked = vi.fn(() => answers.shift() ?? Promise.resolve(new Response(lesson)));
  vi.stubGlobal("fetch", asked);
  const frame = buildFrame(document.createElement("div"), nothing);
  const host = new LessonHost("0123", frame, { run: nothing, note: nothing, showPacket: nothing, moved: nothing, fit: nothing });

  host.update(progress);
  await vi.advanceTimersByTimeAsync(700);
  expect(asked).toHaveBeenCalledTimes(2);
  expect(frame.lesson.hidden).toBe(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toHaveBeenCalledTimes(3);
  expect(frame.lesson.hidden).toBe(false);
  expect(host.panel?.title).toBe("Ports");
});

it("makes room for the way back before a command is typed elsewhere", async () => {
  vi.useRealTimers();
  const step = `<li class="step"><h3><span class="mark"></span><button></button></h3>
    <div class="step-text"><div class="run" data-node="client" data-command="curl host"></div></div></li>`;
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(lesson + step)));
  const frame = buildFrame(document.createElement("div"), nothing);
  const hidden: boolean[] = [];
  const run = () => hidden.push(frame.back.hidden);
  new LessonHost("0123", frame, { run, note: nothing, showPacket: nothing, moved: nothing, fit: nothing }).update(progress);
  await vi.waitFor(() => expect(frame.lesson.hidden).toBe(false));

  frame.lesson.querySelector<HTMLElement>(".run button")!.click();
  expect(hidden).toEqual([false]);
});

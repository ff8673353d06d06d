import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Recorder } from "../../dev/recorder";
import { curl } from "../../dev/scenario";
import { goLive, select } from "../state/moments";
import { initialState } from "../state/store";
import { TimeTravel } from "./time-travel";

describe("playing the past", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function playing() {
    const recorder = new Recorder();
    curl(recorder, 39528);
    let state = initialState("s");
    state.packets.add(recorder.events);
    state = { ...state, moment: { sequence: 1 } };
    const time = new TimeTravel({
      state: () => state,
      seen: () => state,
      go: (next) => {
        state = next;
      },
      send: () => undefined,
    });
    time.playOrPause();
    return { time, now: () => state };
  }

  it("goes from event to event until it is live", () => {
    const { time, now } = playing();
    vi.advanceTimersByTime(100);
    expect(now().moment).toEqual({ sequence: 3 });
    expect(time.playing).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(now().moment).toBe("live");
  });

  it("ends where somebody points elsewhere, or goes live, and does not come back", () => {
    for (const elsewhere of [(state: ReturnType<typeof initialState>) => select(state, 2), goLive]) {
      const { time, now } = playing();
      vi.advanceTimersByTime(100);
      const there = elsewhere(now());
      time.to(there);
      vi.advanceTimersByTime(60_000);
      expect(now()).toEqual(there);
    }
  });
});

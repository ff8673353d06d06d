import { describe, expect, it } from "vitest";
import { type Seat, sinceWords, standingOf } from "./seats";

const NINE = Date.parse("2026-03-02T09:00:00Z");
const SEAT: Seat = {
  id: "1",
  name: "Ada",
  joined: "2026-03-02T09:00:00Z",
  done: 0,
  steps: 3,
  ticked: 0,
  checks: 5,
  commands: 0,
  errors: 0,
  command: "",
  status: 0,
  said: "",
  idleFrom: "2026-03-02T09:03:00Z",
};

describe("a seat", () => {
  it("is idle, stuck or done from the moments that the server names", () => {
    expect(standingOf(SEAT, NINE)).toBe("working");
    expect(standingOf(SEAT, NINE + 180_000)).toBe("idle");
    const stuck = { ...SEAT, stuckFrom: "2026-03-02T09:05:00Z" };
    expect(standingOf(stuck, NINE + 299_000)).toBe("idle");
    expect(standingOf(stuck, NINE + 300_000)).toBe("stuck");
    expect(standingOf({ ...stuck, finished: "2026-03-02T09:01:00Z" }, NINE + 300_000)).toBe("done");
  });

  it("says how long ago in steps", () => {
    expect([-5, 4, 59, 60, 3599, 3600, 172_800].map((s) => sinceWords(s * 1000))).toEqual([
      "0 s",
      "0 s",
      "55 s",
      "1 min",
      "59 min",
      "1 h 0 min",
      "2 days",
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { boxesNamed } from "./focus";
import { begunLessons } from "./kept";

describe("lessons", () => {
  it("name boxes of the drawing", () => {
    expect(boxesNamed("web")).toContain("namespace:host/web");
    expect(boxesNamed("client")).toContain("machine:client");
    expect(boxesNamed("host/docker0")).toContain("device:host//docker0");
    expect(boxesNamed("web/eth0")).toContain("device:host/web/eth0");
    expect(boxesNamed("host/PREROUTING")).toContain("station:host/PREROUTING");
  });

  it.each([null, "", "[]", "no json", '{"03":{"session":"../x","reached":1,"steps":2}}', '{"03":null}'])(
    "that were begun are forgotten when what is kept makes no sense: %s",
    (text) => {
      expect(begunLessons(text).size).toBe(0);
    },
  );

  it("that were begun are remembered with their session", () => {
    const session = "0123456789abcdef0123456789abcdef";
    expect(begunLessons(JSON.stringify({ "03": { session, reached: 2, steps: 9 } })).get("03")).toEqual({ session, reached: 2, steps: 9 });
  });
});

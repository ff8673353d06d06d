import { describe, expect, it } from "vitest";
import { TypedAhead } from "./typed-ahead";

describe("keys typed ahead", () => {
  it("come before those pressed at the prompt, however late they come back", () => {
    const ahead = new TypedAhead();
    ahead.sent("1");
    ahead.sent("2");
    ahead.hold("lo");
    ahead.cameBack("h");
    expect(ahead.taken("1")).toBe(true);
    expect(ahead.release()).toBeUndefined();
    ahead.hold("\r");
    ahead.cameBack("el");
    expect(ahead.taken("2")).toBe(true);
    expect(ahead.release()).toBe("hello\r");
    expect(ahead.unsettled).toBe(false);
  });

  it("are not awaited when the program read them", () => {
    const ahead = new TypedAhead();
    ahead.sent("1");
    expect(ahead.unsettled).toBe(true);
    expect(ahead.taken("1")).toBe(true);
    expect(ahead.unsettled).toBe(false);
    expect(ahead.release()).toBe("");
  });

  it("of another browser are not this one's", () => {
    const ahead = new TypedAhead();
    ahead.cameBack("theirs");
    expect(ahead.release()).toBe("");
    ahead.sent("1");
    ahead.taken("1");
    ahead.lineSent();
    ahead.cameBack("theirs");
    expect(ahead.release()).toBe("");
  });

  it("do not wait for what is never answered, nor for the messages of others", () => {
    const ahead = new TypedAhead();
    ahead.sent(undefined);
    expect(ahead.unsettled).toBe(false);
    expect(ahead.taken("9")).toBe(false);
  });
});

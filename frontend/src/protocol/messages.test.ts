import Ajv2020 from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import examples from "./examples.json";
import type { ClientMessage, ServerMessage } from "./messages";
import schema from "./protocol.schema.json";

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
const validate = ajv.compile(schema);

// The compiler checks these names against the types; the tests check them against the schema.
const clientTypes: Record<ClientMessage["type"], true> = {
  hello: true,
  open: true,
  line: true,
  input: true,
  signal: true,
  eof: true,
  complete: true,
  resize: true,
  close: true,
  pace: true,
  step: true,
  journey: true,
  note: true,
};
const serverTypes: Record<ServerMessage["type"], true> = {
  welcome: true,
  topology: true,
  events: true,
  opened: true,
  echo: true,
  output: true,
  prompt: true,
  exited: true,
  clock: true,
  progress: true,
  notice: true,
  shown: true,
  completions: true,
  journey: true,
  taken: true,
  replaying: true,
  error: true,
};

function typesIn(side: "Client" | "Server"): string[] {
  return Object.keys(schema.$defs)
    .filter((name) => name.startsWith(`${side}.`))
    .map((name) => name.slice(side.length + 1))
    .sort();
}

describe("the wire schema", () => {
  it("accepts an example of every message, and there is one of each", () => {
    for (const example of examples) {
      expect(validate(example), JSON.stringify(example) + ajv.errorsText(validate.errors)).toBe(true);
    }
    const seen = new Set(examples.map((e) => e.type));
    expect([...seen].sort()).toEqual([...new Set([...typesIn("Client"), ...typesIn("Server")])].sort());
  });

  it("names the messages the types name", () => {
    expect(typesIn("Client")).toEqual(Object.keys(clientTypes).sort());
    expect(typesIn("Server")).toEqual(Object.keys(serverTypes).sort());
  });

  it.each([
    ["another version", { v: 2, type: "hello" }],
    ["an unknown type", { v: 1, type: "reboot" }],
    ["a missing field", { v: 1, type: "open", terminal: "host-1", node: "host", cols: 80 }],
    ["a field too many", { v: 1, type: "eof", terminal: "host-1", now: true }],
    ["a null instead of nothing", { v: 1, type: "hello", resumeAfter: null }],
    ["an unnumbered output", { v: 1, type: "output", terminal: "host-1", data: "" }],
    ["a terminal id that could be markup", { v: 1, type: "eof", terminal: "<b>" }],
  ])("refuses %s", (_, message) => {
    expect(validate(message)).toBe(false);
  });
});

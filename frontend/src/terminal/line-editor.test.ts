import { describe, expect, it } from "vitest";
import { LineEditor } from "./line-editor";

const UP = "\x1b[A";
const DOWN = "\x1b[B";
const LEFT = "\x1b[D";

function typed(...keys: string[]): LineEditor {
  const editor = new LineEditor();
  for (const key of keys) {
    editor.feed(key);
  }
  return editor;
}

/** What the keys that wait make of the next line. */
function next(editor: LineEditor) {
  editor.reset();
  return editor.feed("");
}

describe("the line editor", () => {
  it.each([
    ["inserts at the cursor", ["docker s", LEFT, "p"], "docker ps", 8],
    ["erases backwards", ["pingg", "\x7f"], "ping", 4],
    ["goes to the start and the end", ["b", "\x01", "a", "\x05", "c"], "abc", 3],
    ["erases to the end", ["ip addr", "\x01", "\x1bf", "\x0b"], "ip", 2],
    ["erases to the start and brings it back", ["ip addr", "\x15", "\x19", "\x19"], "ip addrip addr", 14],
    ["erases a word up to a blank", ["curl 192.168.1.10:5001", "\x17"], "curl ", 5],
    ["erases a word", ["curl 192.168", "\x1b\x7f"], "curl 192.", 9],
    ["takes a wide character as one", ["a😀", LEFT, "\x1b[3~"], "a", 1],
    ["rings at a key it does not know and goes on", ["a", "\x1c", "b"], "ab", 2],
  ])("%s", (_, keys, text, cursor) => {
    const editor = typed(...keys);
    expect([editor.text, editor.cursor]).toEqual([text, cursor]);
  });

  it("runs the lines of a paste one after the other", () => {
    const editor = new LineEditor();
    expect(editor.feed("one\rtwo\rthr").at(-1)).toEqual({ type: "submit", text: "one" });
    expect(editor.text).toBe("");
    expect(next(editor).at(-1)).toEqual({ type: "submit", text: "two" });
    next(editor);
    expect(editor.text).toBe("thr");
  });

  it("forgets the rest of a paste on Ctrl-C", () => {
    const other = new LineEditor();
    expect(other.feed("a\x03b\r")).toEqual([{ type: "redraw" }, { type: "interrupt", text: "a" }]);
    expect(next(other)).toEqual([]);
    other.feed("sleep 9\rpwd\r");
    other.discard();
    expect(next(other)).toEqual([]);
  });

  it("recalls earlier lines and the one being written", () => {
    const editor = typed("ip a\r", "ip r\r", "dra", UP, UP);
    expect(editor.text).toBe("ip a");
    editor.feed(DOWN + DOWN);
    expect(editor.text).toBe("dra");
  });

  it("searches backwards, further with each Ctrl-R", () => {
    const editor = typed("docker ps\r", "ip addr\r", "docker run x\r", "\x12", "dock");
    expect(editor.text).toBe("docker run x");
    editor.feed("\x12");
    expect(editor.text).toBe("docker ps");
    expect(editor.feed("\r").at(-1)).toEqual({ type: "submit", text: "docker ps" });
  });

  it("asks for completion, ends input, clears", () => {
    const editor = new LineEditor();
    expect(editor.feed("\x0c\x04")).toEqual([{ type: "clear" }, { type: "eof" }]);
  });

  it("lets keys wait behind a Tab until it is answered", () => {
    const editor = new LineEditor();
    expect(editor.feed("ip l\t show").at(-1)).toEqual({ type: "complete" });
    expect(editor.text).toBe("ip l");
    editor.replace(3, "link");
    editor.feed("");
    expect(editor.text).toBe("ip link show");
  });
});

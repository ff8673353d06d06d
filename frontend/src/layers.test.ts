import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** Each layer may import only itself and those named. */
const LAYERS: Record<string, string[]> = {
  protocol: [],
  state: ["protocol"],
  topology: ["protocol", "state"],
  journey: ["protocol", "state"],
  timeline: ["protocol", "state"],
  netfilter: ["protocol", "state"],
  terminal: ["protocol", "state"],
  lesson: ["protocol", "state", "topology"],
  app: ["protocol", "state", "topology", "journey", "timeline", "netfilter", "terminal", "lesson"],
};
const LONGEST_FILE = 350;

describe("the layers", () => {
  const src = import.meta.dirname;
  const files = Object.keys(LAYERS).flatMap((layer) =>
    readdirSync(join(src, layer))
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => ({ layer, name, text: readFileSync(join(src, layer, name), "utf8") })),
  );

  it("import only those below", () => {
    for (const { layer, name, text } of files) {
      for (const [, other] of text.matchAll(/from "\.\.\/([a-z]+)\//g)) {
        expect(LAYERS[layer], `${layer}/${name} imports ${other}`).toContain(other);
      }
    }
  });

  it("keep their files short, and data out of markup", () => {
    for (const { layer, name, text } of files) {
      expect(text.split("\n").length, `${layer}/${name}`).toBeLessThanOrEqual(LONGEST_FILE);
      expect(text, `${layer}/${name}`).not.toMatch(/innerHTML|unsafeHTML|unsafeSVG|insertAdjacentHTML|\beval\(/);
    }
  });
});

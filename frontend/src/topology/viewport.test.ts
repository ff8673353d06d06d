import { describe, expect, it } from "vitest";
import { around, enlargement, legibleView, lettersAt, wholeView } from "./viewport";

describe("what is seen of the drawing", () => {
  const web = { x: 60, y: 440, w: 134, h: 80, weight: 1 };
  const docker0 = { x: 60, y: 350, w: 584, h: 46, weight: 1 };
  const internet = { x: 656, y: 50, w: 120, h: 50, weight: 1 };
  const drawing = { width: 800, height: 566 };
  const telephone = { width: 390, height: 560 };
  const narrow = (...wanted: (typeof web)[]) => legibleView(drawing, telephone, wanted, undefined);
  const shows = (view: { x: number; w: number }, { x, w }: { x: number; w: number }) => view.x <= x && x + w <= view.x + view.w;

  it("is all of it where there is room", () => {
    expect(legibleView(drawing, { width: 880, height: 550 }, [web], undefined)).toEqual(wholeView(800, 566));
    expect(legibleView(drawing, { width: 470, height: 600 }, [web], undefined)).toEqual(wholeView(800, 566));
    expect(legibleView({ width: 390, height: 566 }, telephone, [web], undefined)).toEqual(wholeView(390, 566));
  });

  it("is on a narrow screen the part with what matters, as whole as it can be", () => {
    expect(shows(narrow(web), web)).toBe(true);
    expect(shows(narrow(docker0, web), web)).toBe(true);
    expect(shows(narrow(internet), internet)).toBe(true);
    expect(shows(narrow(web, { ...internet, weight: 4 }), internet)).toBe(true);
    expect(narrow()).toEqual({ x: 0, y: 0, w: 400, h: 566 });
  });

  it("is wider where things that matter equally stand apart, unless a packet between them is looked at", () => {
    const [old, ann] = [
      { ...web, x: 150 },
      { ...web, x: 560 },
    ];
    expect([shows(narrow(old, ann), old), shows(narrow(old, ann), ann)]).toEqual([true, true]);
    expect(narrow(old, ann, { ...web, x: 10, w: 1, weight: 0.8 })).toEqual(narrow(old, ann));
    expect(narrow(old, ann, { ...web, x: 10, w: 1, weight: 4 }).w).toBe(400);
    expect(narrow(web, internet).w).toBe(400);
  });

  it("is of a drawing with many networks a part whose names can be read, on any screen", () => {
    const many = { width: 1680, height: 900 };
    const far = { x: 1500, y: 800, w: 134, h: 80, weight: 4 };
    // an embedded page on a telephone, and in a text; a telephone on its side
    for (const screen of [
      { width: 374, height: 440 },
      { width: 584, height: 240 },
      { width: 450, height: 220 },
    ]) {
      const view = legibleView(many, screen, [web], undefined);
      const { least } = lettersAt(Math.min(screen.width / view.w, screen.height / view.h));
      expect(least * Math.min(screen.width / view.w, screen.height / view.h)).toBeGreaterThanOrEqual(10);
      expect(shows(view, web) && view.y <= web.y && web.y + web.h <= view.y + view.h).toBe(true);
      const there = legibleView(many, screen, [web, far], view);
      expect(shows(there, far) && far.y + far.h <= there.y + there.h).toBe(true);
      expect(legibleView(many, screen, [far], there)).toEqual(there);
      expect(legibleView(many, screen, [{ ...far, weight: 0.8 }], undefined)).toMatchObject({ x: 0, y: 0 });
    }
  });

  it("does not move for what is seen already", () => {
    const view = legibleView(drawing, telephone, [{ ...web, x: 420, w: 100 }], { x: 200, y: 0, w: 400, h: 566 });
    expect(view.x).toBe(200);
  });

  it("has what was found at the drawing's foot clear of what lies over it there", () => {
    const { y, h } = around({ x: 900, y: 1040, w: 100, h: 40 }, 600, 500, wholeView(1948, 1100));
    expect(1080 - y).toBeLessThanOrEqual(h * 0.75);
  });

  it("has what was found in it, and nothing beyond the drawing's other edges", () => {
    const whole = wholeView(1948, 1100);
    const view = around({ x: 1800, y: 40, w: 134, h: 80 }, 1000, 500, whole);
    expect(view).toEqual({ x: 948, y: 0, w: 1000, h: 500 });
    expect(around({ x: 900, y: 40, w: 100, h: 80 }, 1000, 1500, whole)).toMatchObject({ x: 450, y: -200 });
  });
});

describe("letters", () => {
  it.each([1, 0.87, 0.7, 0.6, 0.46, 0.4])("are ten pixels high at least where a unit is %s pixels", (scale) => {
    const letters = lettersAt(scale);
    expect(letters.least * scale).toBeGreaterThanOrEqual(10);
    expect(letters.least * scale).toBeLessThan(10.6);
    expect(enlargement(letters) * 10.5 * scale).toBeGreaterThanOrEqual(10);
  });

  it("say less from afar", () => {
    expect(lettersAt(0.9).far).toBe(false);
    expect(lettersAt(0.5).far).toBe(true);
  });
});

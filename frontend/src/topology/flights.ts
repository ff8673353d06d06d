import { endsOf, type LineStyle } from "../state/packets";
import type { Point, Scene } from "./scene";
import type { WayStep } from "./way";

const NS = "http://www.w3.org/2000/svg";
const AT_ONCE = 4;
const WAITING = 30;
const STAGGER = 300;
const SHORTEST = 500;
const LONGEST = 1300;
const SPEED = 0.9;
const CROSS_STAYS = 1600;
const HEIGHT = 20;
const ABOVE = 9;
/** The share of the way to its place that a label moves in a frame. */
const EASE = 0.3;

/** A packet about to travel. */
export interface Flight {
  /** Worked out only when it sets out. */
  way(): readonly WayStep[];
  line: LineStyle;
  name: string;
}

interface Leg {
  at: number;
  points: Point[];
  step: WayStep;
}

/** Packets on their way: small labels that travel the drawn lines, one after the other, never more than the eye can follow. */
export class Flights {
  private waiting: Flight[] = [];
  private flying = 0;
  private lastLaunch = Number.NEGATIVE_INFINITY;
  private ticking = false;
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)");

  constructor(
    private readonly layer: SVGGElement,
    private readonly scene: () => Scene | undefined,
    /** How much larger than usual labels must be to be read. */
    private readonly enlarged: () => number,
  ) {}

  launch(flights: readonly Flight[]): void {
    if (this.still.matches || document.hidden) {
      return;
    }
    this.waiting = [...this.waiting, ...flights].slice(-WAITING);
    this.tick();
  }

  /** Takes everything off the drawing, as when one looks at another moment. */
  clear(): void {
    this.waiting = [];
    this.layer.replaceChildren();
    this.flying = 0;
  }

  private tick(): void {
    if (this.ticking) {
      return;
    }
    this.ticking = true;
    const frame = (now: number) => {
      const next = this.waiting[0];
      if (next && this.flying < AT_ONCE && now - this.lastLaunch > STAGGER) {
        this.waiting.shift();
        this.lastLaunch = now;
        this.fly(next);
      }
      if (this.waiting.length > 0) {
        requestAnimationFrame(frame);
      } else {
        this.ticking = false;
      }
    };
    requestAnimationFrame(frame);
  }

  private fly(flight: Flight): void {
    const scene = this.scene();
    const legs: Leg[] = [];
    let length = 0;
    const steps = flight.way();
    for (const step of steps) {
      legs.push({ at: length, points: step.from, step });
      length += lengthOf(step.from);
    }
    if (!scene || length === 0) {
      return;
    }
    const time = Math.min(LONGEST, Math.max(SHORTEST, length / SPEED));
    const token = new Token(flight, steps[0]!, this.layer);
    this.flying++;
    const start = performance.now();
    let reached = -1;
    const frame = (now: number) => {
      if (!token.group.isConnected) {
        return;
      }
      const travelled = Math.min(1, (now - start) / time) * length;
      while (reached + 1 < legs.length && legs[reached + 1]!.at + lengthOf(legs[reached + 1]!.points) <= travelled + 0.01) {
        reached++;
        token.arrive(legs[reached]!.step);
      }
      const leg = legs[reached + 1] ?? legs.at(-1)!;
      const at = pointAlong(leg.points, travelled - leg.at) ?? scene.nodes.get(leg.step.node);
      if (at) {
        token.move(at, scene, this.enlarged()); // else it is where nothing is drawn any more
      }
      if (travelled < length) {
        requestAnimationFrame(frame);
        return;
      }
      this.flying = Math.max(0, this.flying - 1);
      const dropped = steps.at(-1)?.event.outcome.kind === "dropped";
      if (dropped) {
        token.cross();
      }
      setTimeout(() => token.group.remove(), dropped ? CROSS_STAYS : 220);
    };
    requestAnimationFrame(frame);
  }
}

class Token {
  readonly group = document.createElementNS(NS, "g");
  private readonly sign = document.createElementNS(NS, "g");
  private readonly rect = document.createElementNS(NS, "rect");
  private readonly text = document.createElementNS(NS, "text");
  private width = 0;
  private lift = 0;

  constructor(
    private readonly flight: Flight,
    first: WayStep,
    layer: SVGGElement,
  ) {
    this.group.classList.add("token", flight.line);
    const dot = document.createElementNS(NS, "circle");
    dot.setAttribute("r", "4.5");
    this.sign.append(this.rect, this.text);
    this.group.append(dot, this.sign);
    layer.append(this.group);
    this.label(target(first));
  }

  arrive(step: WayStep): void {
    if (step.rewrite) {
      this.group.classList.add(step.rewrite.which === "dst" ? "dnat" : "snat");
      this.label(`${step.rewrite.which === "dst" ? "▲" : "▼"} ${step.rewrite.after}`, step.rewrite.before);
    }
  }

  /** The dot is where the packet is; its label above it, and above the box it is in, so that the box's words can be read. */
  move(at: Point, scene: Scene, enlarged: number): void {
    const half = (this.width / 2) * enlarged;
    const x = Math.min(Math.max(at.x, half + 2), Math.max(half + 2, scene.width - half - 2));
    const lift = at.y - topOf(scene, at) + (ABOVE + HEIGHT / 2) * enlarged;
    this.lift += (lift - this.lift) * (this.lift === 0 ? 1 : EASE);
    this.group.setAttribute("transform", `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`);
    this.sign.setAttribute("transform", `translate(${(x - at.x).toFixed(1)} ${(-this.lift).toFixed(1)}) scale(${enlarged})`);
  }

  cross(): void {
    this.group.classList.add("dropped");
    this.label("✕ dropped");
  }

  private label(where: string, before = ""): void {
    const part = (words: string, kind: string) => {
      const span = document.createElementNS(NS, "tspan");
      span.textContent = words;
      span.setAttribute("class", kind);
      span.setAttribute("dx", kind === "name" ? "0" : "6");
      return span;
    };
    const struck = before === "" ? [] : [part(before, "mono struck")];
    this.text.replaceChildren(part(this.flight.name, "name"), ...struck, part(where, "mono now"));
    const mono = (before === "" ? 0 : before.length + 1) + where.length;
    this.width = this.flight.name.length * 6.4 + mono * 6.3 + 24;
    this.rect.setAttribute("x", String(-this.width / 2));
    this.rect.setAttribute("y", String(-HEIGHT / 2));
    this.rect.setAttribute("width", String(this.width));
    this.rect.setAttribute("height", String(HEIGHT));
    this.rect.setAttribute("rx", "7");
    this.text.setAttribute("text-anchor", "middle");
    this.text.setAttribute("y", "4");
  }
}

/** The upper edge of the box that a point is in, tabs on it included; on a line, the point itself. */
function topOf(scene: Scene, at: Point): number {
  let top = at.y;
  for (const box of scene.boxes) {
    const solid = box.kind !== "host" && box.kind !== "band";
    if (solid && at.x >= box.x && at.x <= box.x + box.w && at.y >= box.y && at.y <= box.y + box.h) {
      top = Math.min(top, box.kind === "namespace" && box.h > 60 ? box.y - 10 : box.y);
    }
  }
  return top;
}

function target(step: WayStep): string {
  return `→ ${endsOf(step.event.headers).dst}`;
}

function lengthOf(points: readonly Point[]): number {
  let length = 0;
  for (let i = 1; i < points.length; i++) {
    length += Math.abs(points[i]!.x - points[i - 1]!.x) + Math.abs(points[i]!.y - points[i - 1]!.y);
  }
  return length;
}

/** The point so far along a line of level and upright legs. */
function pointAlong(points: readonly Point[], distance: number): Point | undefined {
  let left = distance;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    const leg = Math.abs(b.x - a.x) + Math.abs(b.y - a.y);
    if (left <= leg && leg > 0) {
      return { x: a.x + ((b.x - a.x) * left) / leg, y: a.y + ((b.y - a.y) * left) / leg };
    }
    left -= leg;
  }
  return points.at(-1);
}

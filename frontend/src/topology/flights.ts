import type { LineStyle } from "../state/packets";
import { type Course, courseOf, HEIGHT, type Label, labelOf, type Moment, roomOf, type Seen } from "./course";
import type { Scene } from "./scene";
import type { WayStep } from "./way";

const NS = "http://www.w3.org/2000/svg";
const AT_ONCE = 4;
/** What a label needs for itself of the width that is seen. */
const ROOM = 200;
const WAITING = 30;
/** Milliseconds between two that set out. */
const STAGGER = 300;
const STAYS = 220;
const CROSS_STAYS = 1600;

/** A packet about to travel. */
export interface Flight {
  /** Worked out only when it sets out. */
  way(): readonly WayStep[];
  line: LineStyle;
  name: string;
}

/**
 * Packets on their way: small labels that travel the drawn lines, one after the other, never more than the eye can follow. A flight is
 * handed to the browser whole, as an animation of transforms: its compositor moves it, and the page has nothing to do for a frame.
 */
export class Flights {
  private waiting: Flight[] = [];
  private readonly flying = new Set<Token>();
  /** Whose labels are drawn, and since when they are on their way. */
  private labelled: { course: Course; since: number }[] = [];
  private lastLaunch = Number.NEGATIVE_INFINITY;
  private later: ReturnType<typeof setTimeout> | undefined;
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)");

  constructor(
    private readonly layer: SVGGElement,
    private readonly scene: () => Scene | undefined,
    private readonly seen: () => Seen,
  ) {}

  launch(flights: readonly Flight[]): void {
    if (this.still.matches || document.hidden) {
      return;
    }
    this.waiting = [...this.waiting, ...flights].slice(-WAITING);
    this.next();
  }

  /** Takes everything off the drawing, as when one looks at another moment. */
  clear(): void {
    this.waiting = [];
    this.flying.clear();
    this.labelled = [];
    this.layer.replaceChildren();
  }

  private next(): void {
    const atOnce = this.atOnce();
    if (this.later !== undefined || this.waiting.length === 0 || this.flying.size >= atOnce) {
      return;
    }
    const rest = this.lastLaunch + STAGGER * (AT_ONCE / atOnce) - performance.now();
    if (rest > 0) {
      this.later = setTimeout(() => {
        this.later = undefined;
        this.next();
      }, rest);
      return;
    }
    this.fly(this.waiting.shift()!);
    this.next();
  }

  /** The fewer, and the farther from each other, the less room their labels have. */
  private atOnce(): number {
    const { left, right, enlarged } = this.seen();
    return Math.min(AT_ONCE, Math.max(1, Math.floor((right - left) / (ROOM * enlarged))));
  }

  private fly(flight: Flight): void {
    const scene = this.scene();
    const seen = this.seen();
    const now = performance.now();
    this.labelled = this.labelled.filter(({ course, since }) => now - since < course.time + stays(course));
    const others = this.labelled;
    const course =
      scene &&
      courseOf(scene, flight.way(), flight.name, seen, (later) =>
        others
          .filter(({ course, since }) => now + later - since < course.time + stays(course))
          .map(({ course, since }) => roomOf(course, now + later - since, seen.enlarged)),
      );
    if (!course) {
      return;
    }
    this.lastLaunch = now;
    this.labelled.push({ course, since: now });
    const token = new Token(flight, this.layer);
    this.flying.add(token);
    token.fly(course, () => {
      if (this.flying.delete(token)) {
        this.next();
      }
    });
  }
}

class Token {
  private readonly group = document.createElementNS(NS, "g");
  private readonly sign = document.createElementNS(NS, "g");
  /** As large as the style sheet's --enlarged says, also when one zooms while it travels. */
  private readonly sized = document.createElementNS(NS, "g");
  private readonly rect = document.createElementNS(NS, "rect");
  private readonly text = document.createElementNS(NS, "text");

  constructor(
    private readonly flight: Flight,
    layer: SVGGElement,
  ) {
    this.group.classList.add("token", flight.line);
    const dot = document.createElementNS(NS, "circle");
    dot.setAttribute("r", "4.5");
    this.sized.classList.add("sized");
    this.sized.append(this.rect, this.text);
    this.sign.append(this.sized);
    this.group.append(dot, this.sign);
    layer.append(this.group);
  }

  /** The dot is where the packet is; its label above it, and above the box it is in, so that the box's words can be read. Where there is no room for it, it is not shown. */
  fly({ time, moments, labels, dropped }: Course, landed: () => void): void {
    const [first, ...others] = labels;
    this.label(first!.label);
    for (const { offset, label } of others) {
      setTimeout(() => this.label(label), offset * time);
    }
    const move = (element: SVGGElement, frame: (moment: Moment) => Keyframe) =>
      element.animate(
        moments.map((moment) => ({ offset: moment.offset, ...frame(moment) })),
        { duration: time, fill: "forwards" },
      );
    move(this.sign, ({ label, clear }) => ({ transform: translate(label.x, label.y), opacity: clear ? 1 : 0 }));
    move(this.group, ({ at }) => ({ transform: translate(at.x, at.y) })).onfinish = () => {
      if (dropped) {
        this.group.classList.add("dropped");
        this.label(labelOf(this.flight.name, "✕ dropped"));
      }
      setTimeout(() => this.group.remove(), stays({ dropped }));
      landed();
    };
  }

  private label({ before, now, width, kind }: Label): void {
    const part = (words: string, which: string) => {
      const span = document.createElementNS(NS, "tspan");
      span.textContent = words;
      span.setAttribute("class", which);
      span.setAttribute("dx", which === "name" ? "0" : "6");
      return span;
    };
    const struck = before === "" ? [] : [part(before, "mono struck")];
    this.text.replaceChildren(part(this.flight.name, "name"), ...struck, part(now, "mono now"));
    if (kind !== "") {
      this.group.classList.add(kind);
    }
    this.rect.setAttribute("x", String(-width / 2));
    this.rect.setAttribute("y", String(-HEIGHT / 2));
    this.rect.setAttribute("width", String(width));
    this.rect.setAttribute("height", String(HEIGHT));
    this.rect.setAttribute("rx", "7");
    this.text.setAttribute("text-anchor", "middle");
    this.text.setAttribute("y", "4");
  }
}

/** Milliseconds after it came to its end. */
const stays = ({ dropped }: Pick<Course, "dropped">) => (dropped ? CROSS_STAYS : STAYS);

const translate = (x: number, y: number) => `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;

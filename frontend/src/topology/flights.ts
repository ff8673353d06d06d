import { type Convoy, Convoys, type Flight } from "./convoys";
import { type Course, courseOf, HEIGHT, type Label, labelOf, type Moment, roomOf, stays } from "./course";
import type { Seen } from "./glide";
import type { Scene } from "./scene";

const NS = "http://www.w3.org/2000/svg";
const AT_ONCE = 4;
/** What a label needs for itself of the width that is seen. */
const ROOM = 200;
/** Milliseconds between two that set out. */
const STAGGER = 300;
/** Taking it off may be that much late. */
const LATE = 60;

/**
 * Packets on their way: small labels that travel the drawn lines, one after the other, never more than the eye can follow. A flight is
 * handed to the browser whole, as an animation of transforms: its compositor moves it, and the page has nothing to do for a frame.
 */
export class Flights {
  private readonly waiting = new Convoys();
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
    this.waiting.add(flights);
    this.next();
  }

  /** Takes everything off the drawing, as when one looks at another moment. */
  clear(): void {
    this.waiting.clear();
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
    this.fly(this.waiting.next()!);
    this.next();
  }

  /** The fewer, and the farther from each other, the less room their labels have. */
  private atOnce(): number {
    const { left, right, enlarged } = this.seen();
    const across = Math.min(right - left, this.scene()?.width ?? 0); // nothing travels beside the drawing
    return Math.min(AT_ONCE, Math.max(1, Math.floor(across / (ROOM * enlarged))));
  }

  private fly({ first, count, differ }: Convoy): void {
    const scene = this.scene();
    const seen = this.seen();
    const now = Number(document.timeline.currentTime);
    this.labelled = this.labelled.filter(({ course, since }) => now - since < goneAfter(course));
    const others = this.labelled;
    const name = count === 1 ? first.name : `${first.name} ×${count}`;
    const course =
      scene &&
      courseOf(scene, first.way(), { name, portless: differ }, seen, (later) =>
        others
          .filter(({ course, since }) => now + later - since < goneAfter(course))
          .map(({ course, since }) => roomOf(course, now + later - since, seen.enlarged)),
      );
    if (!course) {
      return;
    }
    this.lastLaunch = performance.now();
    this.labelled.push({ course, since: now });
    const token = new Token(name, first.line, this.layer);
    this.flying.add(token);
    token.fly(course, now, () => {
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
    private readonly name: string,
    line: Flight["line"],
    layer: SVGGElement,
  ) {
    this.group.classList.add("token", line);
    const dot = document.createElementNS(NS, "circle");
    dot.setAttribute("r", "4.5");
    this.sized.classList.add("sized");
    this.sized.append(this.rect, this.text);
    this.sign.append(this.sized);
    this.group.append(dot, this.sign);
    layer.append(this.group);
  }

  /** The dot is where the packet is; its label near by, where it covers no words. Where another label is, it is not shown. */
  fly({ time, moments, labels, dropped }: Course, since: number, landed: () => void): void {
    const [first, ...others] = labels;
    this.label(first!.label);
    for (const { offset, label } of others) {
      setTimeout(() => this.label(label), offset * time);
    }
    const move = (element: SVGGElement, frame: (moment: Moment) => Keyframe) => {
      const keyframes = moments.map((moment) => ({ offset: moment.offset, ...frame(moment) }));
      const animation = element.animate(keyframes, { duration: time, fill: "forwards" });
      animation.startTime = since; // not whenever the browser is ready for it: others keep clear of where it is by then
      return animation;
    };
    move(this.sign, ({ label, clear }) => ({ transform: translate(label.x, label.y), opacity: clear ? 1 : 0 }));
    move(this.group, ({ at }) => ({ transform: translate(at.x, at.y) })).onfinish = () => {
      if (dropped) {
        this.group.classList.add("dropped");
        this.label(labelOf(this.name, "✕ dropped"));
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
    this.text.replaceChildren(part(this.name, "name"), ...struck, part(now, "mono now"));
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

const goneAfter = (course: Course) => course.time + stays(course) + LATE;

const translate = (x: number, y: number) => `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;

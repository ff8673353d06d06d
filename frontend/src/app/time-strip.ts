import { render } from "lit";
import { xAt } from "../timeline/lanes";
import { drawTimeline, scrolledTo, type TimelineModel } from "../timeline/view";

const CLOSE = 40;
const EDGE = 10;

/**
 * The timeline with its scrolling. Live it stays at its end by the style sheet (its contents are laid from the right), so that no
 * drawing has to wait for a layout; what is drawn is what is seen and a screen to either side.
 */
export class TimeStrip {
  /** How far the end is from being seen. */
  private behind = 0;
  /** Of the window through which the lanes are seen. */
  private width = 1200;
  /** How much of the lanes is seen at once. */
  private height = 110;
  private readonly sizes = new ResizeObserver((entries) => {
    const of = (element: Element | null) => entries.find(({ target }) => target === element)?.contentRect;
    this.height = of(this.lanes)?.height || this.height;
    const width = of(this.watched)?.width ?? this.width;
    const back = this.width === 0 && width > 0;
    this.width = width;
    this.redraw();
    if (back && this.model) {
      this.showLane(this.model, true); // what is not shown can not be scrolled
    }
  });
  private watched: Element | null = null;
  private lanes: Element | null = null;
  private end = 0;
  /** How far the lanes are scrolled down. */
  private top = 0;
  private focused: number | undefined;
  private moment: number | undefined;
  private model: Omit<TimelineModel, "left" | "from" | "to"> | undefined;

  constructor(private readonly host: HTMLElement) {
    host.addEventListener("scroll", (event) => this.scroll(event.target as HTMLElement), { capture: true, passive: true });
  }

  draw(model: Omit<TimelineModel, "left" | "from" | "to">): void {
    this.model = model;
    const { left, width } = model.lanes;
    const grown = left + width - this.end;
    this.end = left + width;
    if (this.moment !== undefined && model.moment === undefined) {
      this.behind = 0;
      this.host.querySelector(".lane-scroll")?.scrollTo({ left: 0 });
    }
    const stays = this.behind > CLOSE && grown > 0;
    if (stays) {
      this.behind += grown;
    }
    const sought = model.moment === undefined || model.moment === this.moment ? undefined : xAt(model.lanes, model.moment);
    this.moment = model.moment;
    const right = this.end - this.behind;
    const seen = right - this.width;
    render(drawTimeline({ ...model, left: seen, from: seen - this.width, to: right + this.width }), this.host);
    this.watch(this.host.querySelector(".lane-window"), this.host.querySelector(".lanes"));
    if (stays) {
      this.host.querySelector(".lane-scroll")!.scrollLeft = -this.behind;
    }
    if (sought !== undefined) {
      this.show(sought);
    }
    if (model.focused !== this.focused) {
      this.focused = model.focused;
      this.showLane(model);
    }
  }

  /** Brings the lane of the packet that is looked at into sight, where there are more lanes than there is room for. */
  private showLane({ lanes, focused }: Omit<TimelineModel, "left" | "from" | "to">, again = false): void {
    const lane = lanes.lanes.findIndex(({ ticks }) => ticks.some(({ packet }) => packet === focused));
    const top = lane < 0 ? this.top : scrolledTo(lane, this.top, this.height);
    if (top !== this.top || again) {
      this.top = top;
      this.host.querySelector(".lanes")?.scrollTo({ top });
    }
  }

  private watch(seen: Element | null, lanes: Element | null): void {
    if (seen && lanes && seen !== this.watched) {
      this.sizes.disconnect();
      this.sizes.observe(seen);
      this.sizes.observe(lanes);
      this.watched = seen;
      this.lanes = lanes;
    }
  }

  /** Brings a moment into sight that is not. */
  private show(x: number): void {
    const scroller = this.host.querySelector(".lane-scroll");
    const seen = scroller?.clientWidth ?? 0;
    const right = this.end - this.behind;
    if (scroller && (x < right - seen + EDGE || x > right - EDGE)) {
      scroller.scrollLeft = -Math.max(0, this.end - x - seen / 2);
    }
  }

  private scroll(scroller: HTMLElement): void {
    if (scroller.classList.contains("lane-scroll")) {
      const behind = -scroller.scrollLeft;
      const far = Math.abs(behind - this.behind) > this.width / 2;
      this.behind = behind;
      if (far) {
        this.redraw();
      }
    } else if (scroller.classList.contains("lanes")) {
      this.top = scroller.scrollTop;
      scroller.style.setProperty("--down", `${this.top}px`);
    }
  }

  private redraw(): void {
    if (this.model) {
      this.draw(this.model);
    }
  }
}

import { render } from "lit";
import { drawTimeline, type TimelineModel } from "../timeline/view";

const CLOSE = 40;

/**
 * The timeline with its scrolling. Live it stays at its end by the style sheet (its contents are laid from the right), so that no
 * drawing has to wait for a layout; what is drawn is what is seen and a screen to either side.
 */
export class TimeStrip {
  /** How far the end is from being seen. */
  private behind = 0;
  private width = 1200;
  private end = 0;
  private model: Omit<TimelineModel, "from" | "to"> | undefined;

  constructor(private readonly host: HTMLElement) {
    host.addEventListener("scroll", (event) => this.scroll(event.target as HTMLElement), { capture: true, passive: true });
    new ResizeObserver(([entry]) => {
      this.width = entry!.contentRect.width;
    }).observe(host);
  }

  draw(model: Omit<TimelineModel, "from" | "to">): void {
    this.model = model;
    const { left, width } = model.lanes;
    const grown = left + width - this.end;
    this.end = left + width;
    const stays = this.behind > CLOSE && grown > 0;
    if (stays) {
      this.behind += grown;
    }
    const to = this.end - this.behind + this.width;
    render(drawTimeline({ ...model, from: to - 3 * this.width, to }), this.host);
    if (stays) {
      this.host.querySelector(".lane-scroll")!.scrollLeft = -this.behind;
    }
  }

  private scroll(scroller: HTMLElement): void {
    if (scroller.classList.contains("lane-scroll")) {
      const behind = -scroller.scrollLeft;
      const far = Math.abs(behind - this.behind) > this.width / 2;
      this.behind = behind;
      if (far && this.model) {
        this.draw(this.model);
      }
    }
  }
}

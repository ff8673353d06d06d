import { html, render } from "lit";
import { drawJourney, type JourneyModel } from "../journey/view";

type Shown = "journey" | "inspector";

/** The panel beside the drawing: the packet's journey, or the inspector. */
export class Side {
  shown: Shown = "journey";
  private packet: number | undefined;
  /** The packet whose drop was brought into sight. */
  private dropped: number | undefined;
  /** On a narrow screen it is a tab. */
  private visible = true;
  /** Known without asking for a layout. */
  private scrolled = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly inspector: HTMLElement,
    private readonly onSwitch: () => void,
  ) {
    const scroll = (event: Event) => {
      this.scrolled = (event.target as HTMLElement).scrollTop > 0;
    };
    host.addEventListener("scroll", scroll, { capture: true, passive: true });
    new ResizeObserver(([entry]) => {
      const shown = entry!.contentRect.height > 0;
      if (shown && !this.visible) {
        this.host.querySelector(".hop:is(.now, .dropped)")?.scrollIntoView({ block: "nearest" }); // what is not shown can not be scrolled
      }
      this.visible = shown;
    }).observe(host);
  }

  draw(journey: JourneyModel, live: boolean): void {
    const tab = (name: Shown, label: string) => html`<button
      aria-pressed=${this.shown === name}
      @click=${() => {
        this.shown = name;
        this.onSwitch();
      }}
    >
      ${label}
    </button>`;
    const body = this.shown === "journey" ? drawJourney(journey) : this.inspector;
    render(
      html`<div class="side-tabs">${tab("journey", "Journey")}${tab("inspector", "Inspector")}</div><div class="side-body" tabindex="0" role="region" aria-label=${this.shown === "journey" ? "Packet journey" : "Inspector"}>${body}</div>`,
      this.host,
    );
    this.scroll(journey.packet, live, journey.hovered !== undefined);
  }

  /** To the stage one stands at; live, to the beginning of a packet newly shown, and to its drop as soon as it is known. */
  private scroll(packet: number | undefined, live: boolean, hovered: boolean): void {
    const other = packet !== this.packet;
    const drop = live && packet !== this.dropped ? this.host.querySelector(".hop.dropped") : undefined;
    const stage = live ? drop : this.host.querySelector(".hop.now");
    if (drop) {
      this.dropped = packet;
    }
    if (!hovered && stage) {
      stage.scrollIntoView({ block: "nearest" });
    } else if (other && this.scrolled) {
      this.host.querySelector(".side-body")?.scrollTo({ top: 0 });
    }
    this.packet = packet;
  }
}

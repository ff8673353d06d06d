import { render } from "lit";
import { travel } from "../netfilter/lines";
import type { Netfilter } from "../netfilter/tables";
import { drawMap } from "../netfilter/view";
import type { Topology, TraceEvent } from "../protocol/messages";
import { namespaceLabel } from "../state/names";
import { call } from "./api";

export interface MapInput {
  topology: Topology | undefined;
  /** The focused packet's stages, as far as it had come. */
  events: readonly TraceEvent[];
  packet: string | undefined;
  /** The trace event as of which all is shown; undefined for now. */
  moment: number | undefined;
}

/** Between two looks at the tables that no person asked for. */
const QUIET = 300;
const HOST = "host/";

/** The netfilter map over the drawing: which namespace it shows, and the tables of it, asked for again when something happened. */
export class NetfilterMap {
  open = false;
  private place = HOST;
  private chosen = false;
  private selected: string | undefined;
  private netfilter: Netfilter | undefined;
  private input: MapInput = { topology: undefined, events: [], packet: undefined, moment: undefined };
  /** The station at which the packet stood when it was last drawn. */
  private here: string | undefined;
  private asked = "";
  private asking = false;
  private stale = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly session: string,
    private readonly onChange: () => void,
  ) {
    host.hidden = true;
  }

  toggle(): void {
    this.open = !this.open;
    this.host.hidden = !this.open;
    this.chosen = false;
    this.touch();
    this.onChange();
  }

  close(): boolean {
    const { open } = this;
    if (open) {
      this.toggle();
    }
    return open;
  }

  /** Something happened: counters may have moved. */
  touch(): void {
    this.stale = true;
    if (this.open && !this.asking) {
      void this.look();
    }
  }

  draw(input: MapInput): void {
    this.input = input;
    if (!this.open) {
      return;
    }
    const places = this.places();
    if (!this.chosen && !places.some((p) => p.key === this.place && p.lit)) {
      this.place = places.find((p) => p.lit)?.key ?? HOST;
    }
    if (!places.some((p) => p.key === this.place)) {
      this.place = places[0]?.key ?? HOST;
    }
    if (this.asked !== this.question()) {
      this.touch();
    }
    const [machine, namespace] = this.where();
    const travelled = travel(input.events, machine, namespace);
    render(
      drawMap({
        netfilter: this.netfilter,
        travelled,
        packet: input.packet,
        selected: this.selected,
        places,
        place: this.place,
        onPlace: (key) => {
          this.place = key;
          this.chosen = true;
          this.onChange();
        },
        onSelect: (station) => {
          this.selected = station;
          this.onChange();
        },
        onClose: () => this.toggle(),
      }),
      this.host,
    );
    if (travelled.here && travelled.here.id !== this.here) {
      this.host.querySelector(".station.here")?.scrollIntoView({ block: "nearest", inline: "center" });
    }
    this.here = travelled.here?.id;
  }

  private places(): { key: string; label: string; lit: boolean }[] {
    const passed = new Set(
      this.input.events.filter((e) => /_|ROUTING/.test(e.stage)).map((e) => `${e.place.machine}/${e.place.namespace ?? ""}`),
    );
    const { topology } = this.input;
    return (topology?.machines ?? []).flatMap((machine) =>
      machine.namespaces.map((namespace) => {
        const key = `${machine.name}/${namespace.name}`;
        return { key, label: namespaceLabel(machine.name, namespace, topology!.containers), lit: passed.has(key) };
      }),
    );
  }

  private where(): [string, string] {
    const at = this.place.indexOf("/");
    return [this.place.slice(0, at), this.place.slice(at + 1)];
  }

  private question(): string {
    const [machine, namespace] = this.where();
    const query = new URLSearchParams({ machine, namespace });
    if (this.input.moment !== undefined) {
      query.set("at", String(this.input.moment));
    }
    return query.toString();
  }

  private async look(): Promise<void> {
    this.asking = true;
    this.stale = false;
    const question = this.question();
    try {
      const answer = await call<Netfilter>("GET", `/sessions/${encodeURIComponent(this.session)}/netfilter?${question}`);
      this.netfilter = answer;
    } catch {
      // what is shown stays; the status bar tells of a lost connection
    }
    this.asked = question;
    this.onChange();
    setTimeout(() => {
      this.asking = false;
      if (this.stale || this.asked !== this.question()) {
        this.touch();
      }
    }, QUIET);
  }
}

import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import type { TriedRule } from "../protocol/messages";
import {
  byId,
  HANDED_UP,
  HOOKS,
  LINES,
  type Line,
  MAP,
  STATIONS,
  type Station,
  type Stop,
  stationsOf,
  type Travelled,
  track,
} from "./lines";
import { chainsFrom, type Netfilter, type RuleChain, short } from "./tables";

export interface MapModel {
  netfilter: Netfilter | undefined;
  travelled: Travelled;
  /** Said above the map of the packet: Packet 118 · TCP SYN. */
  packet: string | undefined;
  selected: string | undefined;
  places: { key: string; label: string; lit: boolean }[];
  place: string;
  onPlace(key: string): void;
  onSelect(station: string | undefined): void;
  onClose(): void;
}

const LINE_NAMES: Record<Line, string> = {
  input: "to this machine",
  forward: "through this machine",
  bridged: "switched by a bridge of this machine",
  output: "from this machine",
};

/** The map of the hooks and tables: lines a packet can take, its own line lit, every station with its chain's counters. */
export function drawMap(model: MapModel): TemplateResult {
  const elsewhere = model.places.filter((p) => p.lit && p.key !== model.place);
  return html`<div class="map-head">
      <h2>Netfilter map</h2>
      <label>of <select @change=${(event: Event) => model.onPlace((event.target as HTMLSelectElement).value)}>
        ${model.places.map((p) => html`<option value=${p.key} ?selected=${p.key === model.place}>${p.label}</option>`)}
      </select></label>
      <p class="w">${packetWords(model)} ${elsewhere.length === 0 ? nothing : model.travelled.ways.length > 0 ? "It also passed " : "It passed "}${elsewhere.map((p) => html`<button class="link" @click=${() => model.onPlace(p.key)}>${p.label}</button> `)}</p>
      <span class="grow"></span>
      <span class="map-more">⇠ scroll ⇢</span>
      <button class="icon" aria-label="Close the netfilter map" title="Close (N)" @click=${model.onClose}>×</button>
    </div>
    <div class="map-scroll" tabindex="0" role="group" aria-label="The map, which scrolls where it has no room"><svg class="map" viewBox="${MAP.x} ${MAP.y} ${MAP.w} ${MAP.h}" role="group" aria-label="Hooks and tables in the order in which packets meet them">
      ${HOOKS.map((hook) => svg`<rect class="hook" x=${hook.x} y=${hook.y} width=${hook.w} height=${hook.h} rx="10" /><text class="hook-name" x=${hook.x + 10} y=${hook.y + 17}>${hook.name}</text>`)}
      ${LINES.map((line) => svg`<path class="track ${line}" d=${track(line, stationsOf(line), true)} />`)}
      <path class="track" d=${HANDED_UP} />
      ${model.travelled.ways.map((way) => svg`<path class="track lit" d=${track(way.line, way.stations, reachesEnd(way, model.travelled))} />`)}
      <text class="line-name" x=${MAP.x + 8} y="84">in</text><text class="line-name" x=${MAP.x + MAP.w - 10} y="84" text-anchor="end">out</text>
      ${drawHooks(model)}
    </svg></div>
    ${drawStationRules(model)}`;
}

function packetWords({ packet, travelled }: MapModel): string {
  if (packet === undefined) {
    return "No packet has moved yet.";
  }
  if (travelled.ways.length === 0) {
    return `${packet} did not come by here.`;
  }
  const lines = travelled.ways.map((w) => (w.stations.every((s) => s.lines.length > 1) ? "" : LINE_NAMES[w.line])).filter(Boolean);
  return lines.length > 0 ? `${packet}, ${[...new Set(lines)].join(" and ")}.` : `${packet}.`;
}

function reachesEnd(way: Travelled["ways"][number], travelled: Travelled): boolean {
  const last = way.stations.at(-1);
  return last?.id === stationsOf(way.line).at(-1)?.id && travelled.here !== last && travelled.dropped !== last;
}

/** A list for each hook, in the order of the path, so that a screen reader reads the map as nested lists. */
function drawHooks(model: MapModel): SVGTemplateResult[] {
  const groups: { hook: string; stations: Station[] }[] = [];
  for (const station of STATIONS) {
    const last = groups.at(-1);
    if (last && last.hook === station.hook && station.hook !== "") {
      last.stations.push(station);
    } else {
      groups.push({ hook: station.hook, stations: [station] });
    }
  }
  return groups.map((group) =>
    group.hook === ""
      ? svg`${group.stations.map((s) => drawPlain(s, model))}`
      : svg`<g role="list" aria-label=${group.hook}>${group.stations.map((s) => svg`<g role="listitem">${s.table ? drawStation(s, model) : drawPlain(s, model)}</g>`)}</g>`,
  );
}

function classesOf(station: Station, { travelled, selected }: MapModel): string {
  const stop = travelled.stops.get(station.id);
  return [
    "station",
    stop ? "stopped" : "",
    travelled.here === station ? "here" : "",
    travelled.dropped === station ? "dropped" : "",
    stop?.rewrite ? (stop.rewrite.which === "dst" ? "dnat" : "snat") : "",
    selected === station.id ? "selected" : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/** Something the kernel itself does: conntrack, routing. */
function drawPlain(station: Station, model: MapModel): SVGTemplateResult {
  const stop = model.travelled.stops.get(station.id);
  const state = stop?.event.decision?.state;
  return svg`<g class="${classesOf(station, model)} kernel">
    <rect x=${station.x - 7} y=${station.y - 7} width="14" height="14" rx="3" />
    ${drawPlainName(station)}
    ${state ? svg`<text class="count" text-anchor="middle" x=${station.x} y=${station.y + 26}>${state}</text>` : nothing}
  </g>`;
}

/** Beside it where lines lead up and down from it, else above it. */
function drawPlainName({ id, name, x, y }: Station): SVGTemplateResult {
  if (id === "processes" || id === "routing") {
    return svg`<text class="station-name" x=${x + (id === "routing" ? 10 : 14)} y=${y + (id === "routing" ? 21 : 4)}>${name}</text>`;
  }
  return svg`<text class="station-name" text-anchor="middle" x=${x} y=${y - (id === "bridge" ? 13 : 18)}>${name}</text>`;
}

function drawStation(station: Station, model: MapModel): SVGTemplateResult {
  const chain = chainsFrom(model.netfilter, station.table!, station.hook)[0];
  const stop = model.travelled.stops.get(station.id);
  const pick = () => model.onSelect(model.selected === station.id ? undefined : station.id);
  const key = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      event.stopPropagation();
      pick();
    }
  };
  return svg`<g class="${classesOf(station, model)}${chain ? "" : " empty"}" data-station=${station.id} role="button" tabindex="0"
      aria-pressed=${model.selected === station.id} aria-label=${spoken(station, chain, stop)} @click=${pick} @keydown=${key}>
    <rect class="hit" x=${station.x - 44} y=${station.y - 36} width="88" height="92" rx="8" />
    <circle cx=${station.x} cy=${station.y} r="8" />
    <text class="station-name" text-anchor="middle" x=${station.x} y=${station.y - 18}>${station.name}</text>
    ${drawUnder(station, chain, stop)}
    ${model.travelled.dropped === station ? svg`<path class="cross" d="M${station.x - 4} ${station.y - 4}l8 8m0 -8l-8 8" />` : nothing}
  </g>`;
}

/** What stands below a station: its rule that decided, or how many it has; and what its policy decided. */
function linesOf(chain: RuleChain | undefined, stop: Stop | undefined): { text: string; kind: "count" | "rule" }[] {
  if (!stop?.hit) {
    const rules = { text: chain ? rulesWords(chain) : "not in use", kind: "count" as const };
    return chain ? [rules, { text: countWords(chain), kind: "count" }] : [rules];
  }
  const { chain: name } = stop.hit;
  return [
    { text: name.length > 13 ? `${name.slice(0, 12)}…` : name, kind: "rule" },
    { text: verdict(stop), kind: "rule" },
    { text: countWords(chain), kind: "count" },
  ];
}

function drawUnder(station: Station, chain: RuleChain | undefined, stop: Stop | undefined): SVGTemplateResult[] {
  return linesOf(chain, stop).map(
    ({ text, kind }, i) => svg` <text class=${kind} text-anchor="middle" x=${station.x} y=${station.y + 25 + 14 * i}>${text}</text>`,
  );
}

const rulesWords = (chain: RuleChain) =>
  chain.rules.length === 0 ? "no rules" : chain.rules.length === 1 ? "1 rule" : `${chain.rules.length} rules`;
const countWords = (chain: RuleChain | undefined) => (chain ? `${chain.policy} ${short(chain.packets)}` : "");

function verdict({ hit, event, rewrite }: Stop): string {
  const sign = event.outcome.kind === "dropped" ? "✕ " : rewrite ? (rewrite.which === "dst" ? "▲ " : "▼ ") : "✓ ";
  return `#${hit!.number} ${sign}${event.decision?.verdict ?? ""}`;
}

/** What is seen, in its order, and then in full. */
function spoken(station: Station, chain: RuleChain | undefined, stop: Stop | undefined): string {
  const words = [
    [station.name, ...linesOf(chain, stop).map((line) => line.text)].join(" "),
    `${station.table} ${station.hook}`,
    chain ? `policy ${chain.policy}, which decided ${chain.packets} packets` : "",
    stop?.hit ? `rule ${stop.hit.number} of ${stop.hit.chain} decided: ${stop.event.decision?.verdict}` : stop ? "the packet passed" : "",
  ];
  return words.filter(Boolean).join("; ");
}

/** The chain of the station one looks at, and those it leads to, rule by rule with counters. */
function drawStationRules(model: MapModel): TemplateResult | typeof nothing {
  const station = model.selected === undefined ? undefined : byId.get(model.selected);
  if (!station?.table) {
    return nothing;
  }
  const chains = chainsFrom(model.netfilter, station.table, station.hook);
  const tried = model.travelled.stops.get(station.id)?.event.decision?.tried ?? [];
  const hit = model.travelled.stops.get(station.id)?.hit;
  return html`<section class="map-rules" aria-label="${station.table} ${station.hook}" tabindex="0">
    ${
      chains.length === 0
        ? html`<p class="w">Nobody has made a chain in table ${station.table} at ${station.hook}: packets pass without a look.</p>`
        : chains.map((chain) => drawChain(chain, tried, hit))
    }
  </section>`;
}

function drawChain(chain: RuleChain, tried: readonly TriedRule[], hit: TriedRule | undefined): TemplateResult {
  const head = chain.policy
    ? `policy ${chain.policy}, which decided ${chain.packets} packets, ${chain.bytes} bytes`
    : `${chain.references} ${chain.references === 1 ? "reference" : "references"}`;
  return html`<table>
    <caption><b>${chain.name}</b> <span class="w">${head}</span></caption>
    ${
      chain.rules.length === 0
        ? nothing
        : html`<thead><tr><th scope="col">#</th><th scope="col">pkts</th><th scope="col">bytes</th><th scope="col">rule</th></tr></thead>
    <tbody>${chain.rules.map((rule) => {
      const look = tried.find((t) => t.chain === chain.name && t.number === rule.number);
      const decided = look !== undefined && look === hit;
      return html`<tr class=${decided ? "hit" : look ? (look.failed ? "failed" : "matched") : ""}>
        <td>${rule.number}</td><td>${rule.packets}</td><td>${rule.bytes}</td>
        <td><code>${rule.text}</code> ${decided ? html`<b>decided</b>` : look?.failed ? html`<span class="w">${look.failed}</span>` : look ? html`<span class="w">matched</span>` : nothing}</td>
      </tr>`;
    })}</tbody>`
    }
  </table>`;
}

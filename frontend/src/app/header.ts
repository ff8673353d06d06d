import { html, nothing, svg, type TemplateResult } from "lit";
import type { Clock } from "../protocol/messages";
import type { Theme } from "./theme";

export interface HeaderModel {
  /** Empty until the server has told it, and what a person may do. */
  world: string;
  /** Of the lesson, if there is one. */
  lesson: string | undefined;
  clock: Clock;
  theme: Theme;
  mayAct: boolean;
  onPace(pace: Pace): void;
  mapOpen: boolean;
  onMap(): void;
  /** Not for those who are guests. */
  onReset: (() => void) | undefined;
  onShare(): void;
  onTheme(): void;
  onHelp(): void;
}

export type Pace = { pace: "live" } | { pace: "slow"; factor: number } | { pace: "step" };

const PACES: { label: string; title: string; pace: Pace }[] = [
  { label: "Live", title: "Virtual time follows the wall clock", pace: { pace: "live" } },
  { label: "1/10", title: "Ten times slower", pace: { pace: "slow", factor: 10 } },
  { label: "1/100", title: "A hundred times slower", pace: { pace: "slow", factor: 100 } },
  { label: "Step", title: "The network stands still until you step: → a stage, Shift → a packet", pace: { pace: "step" } },
];

const WORLDS: Record<string, string> = {
  lab: "Lab: a Docker host on a LAN",
  net: "Lab without Docker",
  bare: "Bare: one host, nothing set up",
};

export function drawHeader(model: HeaderModel): TemplateResult {
  const on = (pace: Pace) => pace.pace === model.clock.pace && (pace.pace !== "slow" || pace.factor === (model.clock.factor ?? 10));
  return html`<a class="logo" href="/" aria-label="Vethlab, to the start page">veth<b>lab</b></a>
    <h1 class="crumb">${model.lesson ?? WORLDS[model.world] ?? model.world}</h1>
    ${model.mayAct || model.world === "" ? nothing : html`<span class="watching" title="By this link you may look, but not type">watching</span>`}
    <span class="grow"></span>
    <fieldset class="seg" ?disabled=${!model.mayAct}>
      <legend class="unseen">Pace</legend>
      ${PACES.map((p) => html`<button title=${p.title} aria-pressed=${on(p.pace)} @click=${() => model.onPace(p.pace)}>${p.label}</button>`)}
    </fieldset>
    <button class="btn map-btn" title="Hooks, tables and rules that the packet met (N)" aria-label="Netfilter map" aria-pressed=${model.mapOpen} @click=${model.onMap}><span class="if-wide">Netfilter</span> map</button>
    <button class="btn icon-btn" title=${`Theme: ${model.theme}`} aria-label=${`Theme: ${model.theme}. Switch`} @click=${model.onTheme}>
      <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true">${icon(model.theme)}</svg>
    </button>
    ${model.onReset ? html`<button class="btn" title="Begin again with a fresh one" @click=${model.onReset}>Reset</button>` : nothing}
    <button class="btn icon-btn" title="Keys and signs" aria-label="Keys and signs" @click=${model.onHelp}>?</button>
    <button class="btn p" @click=${model.onShare}>Share</button>`;
}

function icon(theme: Theme) {
  if (theme === "light") {
    return svg`<circle cx="8" cy="8" r="3" /><path d="M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.5 1.5M11.500 11.500L13 13M3 13l1.500-1.500M11.500 4.500L13 3" />`;
  }
  return theme === "dark"
    ? svg`<path d="M13 9.500A5.500 5.500 0 0 1 6.500 3 5.500 5.500 0 1 0 13 9.500z" />`
    : svg`<circle cx="8" cy="8" r="6" /><path class="fill" d="M8 2a6 6 0 0 1 0 12z" />`;
}

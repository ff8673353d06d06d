import { html, nothing, type TemplateResult } from "lit";
import type { TraceEvent } from "../protocol/messages";
import type { Names } from "../state/names";
import { isTellingDrop, kindOf } from "../state/packets";
import type { State } from "../state/store";

/** The thin bar below the header: what a person should know about the connection or the session. */
export function drawStatus(state: State, dismiss: () => void): TemplateResult | typeof nothing {
  const words = statusWords(state);
  if (words === "") {
    return nothing;
  }
  const closable = state.connection === "open" && (state.notices.length > 0 || state.left > 0);
  return html`<p class=${state.connection}>
    ${words} ${closable ? html`<button class="icon" aria-label="Dismiss" @click=${dismiss}>×</button>` : nothing}
  </p>`;
}

function statusWords({ connection, notices, left, clock, moment }: State): TemplateResult | string {
  if (connection === "gone") {
    return html`This link leads to nothing any more. <a href="/">Start a fresh lab.</a>`;
  }
  const last = notices.at(-1);
  if (connection !== "open" && last?.kind === "asleep") {
    return last.text;
  }
  if (connection === "reconnecting") {
    return "Reconnecting… your session is safe.";
  }
  if (left > 0) {
    return `This page could not keep up: ${left} packet ${left === 1 ? "event is" : "events are"} not shown.`;
  }
  const held = clock.held && moment === "live" ? "Held: the network is being stepped. → one stage, Shift → one packet." : "";
  return last?.text ?? held;
}

const DROPS_SAID = 3;

/** Said aloud by a screen reader. */
export function dropWords(events: readonly TraceEvent[], names: Names): string {
  return events
    .filter(isTellingDrop)
    .slice(-DROPS_SAID)
    .map((e) => `${kindOf(e.headers)} dropped on ${names.of(e.place)}: ${e.outcome.reason}.`)
    .join(" ");
}

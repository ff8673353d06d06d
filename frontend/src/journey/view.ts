import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { TraceEvent } from "../protocol/messages";
import type { Names } from "../state/names";
import { endsOf, kindOf } from "../state/packets";
import { groupStages, type StageGroup, type StageRow } from "./stages";

export interface JourneyModel {
  packet: number | undefined;
  events: readonly TraceEvent[];
  here: number;
  names: Names;
  hovered: number | undefined;
  onHover(event: TraceEvent | undefined): void;
  onGo(event: TraceEvent): void;
}

/** The packet's stages as a list: what came in, what decided, what changed, and why. */
export function drawJourney(model: JourneyModel): TemplateResult {
  const first = model.events[0];
  const last = model.events.at(-1);
  if (model.packet === undefined || !first || !last) {
    return html`<div class="journey-empty">
      <h2>Packet journey</h2>
      <p>Nothing has moved yet. When a packet moves, its stages are listed here: the rule, route or table entry that decided each, and why.</p>
    </div>`;
  }
  const groups = groupStages(model.events, model.names, model.here);
  const past = groups.map((g) => ({ ...g, rows: g.rows.filter((r) => r.when !== "future") })).filter((g) => g.rows.length);
  const future = groups.map((g) => ({ ...g, rows: g.rows.filter((r) => r.when === "future") })).filter((g) => g.rows.length);
  const ends = endsOf(first.headers);
  return html`<h2 id="journey-title">Packet ${model.packet} · ${kindOf(first.headers)} · ${fate(last, future.length > 0)}</h2>
    <p class="journey-ends"><span>${ends.src}</span> → <span>${ends.dst}</span></p>
    ${drawGroups(past, model)}
    ${
      future.length
        ? html`<p class="grp future">still to come</p>${drawGroups(future, model)}`
        : last.outcome.kind === "continue"
          ? html`<p class="grp future">in flight …</p>`
          : nothing
    }`;
}

function fate(last: TraceEvent, more: boolean): string {
  if (more || last.outcome.kind === "continue") {
    return "in flight";
  }
  return last.outcome.kind === "held" ? `waiting for ${last.outcome.waitsFor ?? "something"}` : last.outcome.kind;
}

function drawGroups(groups: StageGroup[], model: JourneyModel): TemplateResult {
  return html`<ol class="groups">
    ${repeat(
      groups,
      (g) => g.key,
      (g) => html`<li><p class="grp"><b>${g.name}</b> ${g.detail}</p>
        <ol class="hops">${repeat(
          g.rows,
          (r, i) => `${i} ${r.event.stage}`,
          (r) => drawRow(r, model),
        )}</ol></li>`,
    )}
  </ol>`;
}

function drawRow(row: StageRow, model: JourneyModel): TemplateResult {
  const { event } = row;
  const classes = [
    "hop",
    row.when,
    row.quiet && row.when !== "now" ? "quiet" : "",
    row.end ?? "",
    model.hovered === event.sequence ? "hovered" : "",
    row.diffs[0]?.kind === "dnat" || row.diffs[0]?.kind === "snat" ? row.diffs[0].kind : "",
  ];
  return html`<li
    class=${classes.filter(Boolean).join(" ")}
    aria-current=${row.when === "now" ? "step" : nothing}
    @mouseenter=${() => model.onHover(event)}
    @mouseleave=${() => model.onHover(undefined)}
  >
    <button class="t" @click=${() => model.onGo(event)} @focus=${() => model.onHover(event)} @blur=${() => model.onHover(undefined)}>
      ${row.title}${row.quiet ? html`<span class="w"> no rules</span>` : nothing}
    </button>
    ${row.quiet && row.when !== "now" ? nothing : drawDetails(row)}
  </li>`;
}

function drawDetails(row: StageRow): TemplateResult {
  return html`${row.code ? html`<code>${words(row.code)}</code>` : nothing}
    ${row.diffs.map((d) => html`<div class="diff ${d.kind}"><s><span class="unseen">was </span>${d.before}</s> <b><span class="unseen">is now </span>${d.sign} ${d.after}</b></div>`)}
    ${
      row.passedBy.length
        ? html`<details class="passed">
          <summary>${row.passedBy.length} ${row.passedBy.length === 1 ? "rule" : "rules"} looked at${row.event.decision?.kind === "rule" ? " before it" : ", none decided"}</summary>
          <ul>
            ${row.passedBy.map((r) => html`<li><code>${words(r.text)}</code><span class="w">${r.chain} ${r.number} · ${r.failed ?? "matched, on to its target"}</span></li>`)}
          </ul>
        </details>`
        : nothing
    }
    ${
      row.end === "dropped"
        ? html`<p class="verdict drop">✕ Dropped: ${row.event.outcome.reason ?? ""}</p>
        ${row.why ? html`<p class="w">${row.why}</p>` : nothing}
        ${row.event.explanation.wouldLetThrough ? html`<p class="w remedy">What would let it through: ${row.event.explanation.wouldLetThrough}.</p>` : nothing}`
        : html`${row.why ? html`<p class="w">${row.why}</p>` : nothing}
        ${row.end === "delivered" ? html`<p class="verdict pass">✓ Delivered</p>` : nothing}`
    }`;
}

/** Breaks between words only, not at the hyphens of options. */
function words(line: string): TemplateResult[] {
  return line.split(" ").map((word) => html`<span class="word">${word}</span> `);
}

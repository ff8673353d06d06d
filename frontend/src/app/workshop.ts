// Entry point of the organiser's page, /workshops/{id}.
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/panels.css";
import "./styles/workshop.css";
import { html, nothing, render, type TemplateResult } from "lit";
import { call } from "./api";
import { openDialog } from "./dialogs";
import { type Seat, type Standing, sinceWords, standingOf } from "./seats";
import { applyTheme } from "./theme";

interface Workshop {
  id: string;
  code: string;
  joinUrl: string;
  title: string;
  seats: number;
  taken: number;
  ends: string;
  open: boolean;
  stage?: string;
  showing: boolean;
}

interface Look {
  now: string;
  workshop?: Workshop;
  seats: Seat[];
}

const STANDINGS: { standing: Standing | undefined; label: string }[] = [
  { standing: undefined, label: "All" },
  { standing: "stuck", label: "Stuck" },
  { standing: "idle", label: "Idle" },
  { standing: "working", label: "Working" },
  { standing: "done", label: "Done" },
];
const SIGNS: Record<Standing, string> = { stuck: "▲", idle: "○", working: "●", done: "✓" };
const REDRAW_MS = 1000;

applyTheme();
const id = document.body.dataset.workshop ?? "";
const path = `/workshops/${encodeURIComponent(id)}`;
const root = document.querySelector<HTMLElement>("#app")!;
const seats = new Map<string, Seat>();
let workshop: Workshop | undefined;
/** How far the server's clock is before this one, in milliseconds. */
let ahead = 0;
let filter: Standing | undefined;
let connection: "open" | "reconnecting" | "gone" = "reconnecting";
let complaint = "";
let copied = false;
let stuckBefore = new Set<string>();
/** Who got stuck last. */
let news = "";

const events = new EventSource(`/api/v1${path}/events`);
events.onmessage = (event) => {
  const look = JSON.parse(event.data as string) as Look;
  connection = "open";
  ahead = Date.parse(look.now) - Date.now();
  workshop = look.workshop ?? workshop;
  for (const seat of look.seats) {
    seats.set(seat.id, seat);
  }
  draw();
};
events.onerror = () => {
  connection = events.readyState === EventSource.CLOSED ? "gone" : "reconnecting";
  draw();
};
setInterval(draw, REDRAW_MS);
draw();

function draw(): void {
  const now = Date.now() + ahead;
  const all = [...seats.values()].map((seat) => ({ seat, standing: standingOf(seat, now) }));
  render(
    workshop
      ? html`${drawTop(workshop)}<main>${drawJoin(workshop, now)}${drawFilters(all)}${drawSeats(all, now)}${drawNews(all)}</main>`
      : html`<p class="loading">${connectionWords() || "Loading…"}</p>`,
    root,
  );
}

function connectionWords(): string {
  return connection === "gone"
    ? "This workshop cannot be followed any more: load the page again."
    : connection === "reconnecting"
      ? "Connecting… the seats go on meanwhile."
      : "";
}

function drawTop(of: Workshop): TemplateResult {
  const words = complaint || connectionWords();
  return html`<header class="top">
      <a class="logo" href="/" aria-label="Vethlab, to the start page">veth<b>lab</b></a>
      <h1>${of.title}</h1>
      <span class="grow"></span>
      <button class="btn" ?disabled=${!of.open} @click=${() => act(of.showing ? "DELETE" : "POST", "/show", openStage)}>
        ${of.showing ? "Stop showing my terminal" : "Show my terminal to all"}
      </button>
      ${of.stage ? html`<a class="btn" href=${of.stage} target="_blank" rel="noopener">My terminal</a>` : nothing}
      <a class="btn" href=${`/api/v1${path}/outcome.csv`} download>Outcome (CSV)</a>
      <button class="btn" ?disabled=${!of.open} @click=${confirmClose}>Close</button>
    </header>
    <p class="bar" role="status" ?hidden=${words === ""}>${words}</p>`;
}

function drawJoin(of: Workshop, now: number): TemplateResult {
  return html`<section class="join" aria-label="How to join">
      <div><span class="w">Code</span><strong class="code">${of.code}</strong></div>
      <div>
        <span class="w">or the page</span>
        <span class="row"><code>${new URL(of.joinUrl, location.href).href}</code><button class="btn" @click=${copyLink}>${copied ? "Copied" : "Copy"}<span class="unseen"> the page’s address</span></button></span>
      </div>
      <div><span class="w">Seats</span><strong>${of.taken} of ${of.seats}</strong></div>
      <div>
        <span class="w">${of.open ? "Ends" : "State"}</span
        ><strong>${of.open ? html`${clockTime(of.ends)} <span class="w">in ${sinceWords(Date.parse(of.ends) - now)}</span>` : "closed"}</strong>
      </div>
    </section>`;
}

type Standings = { seat: Seat; standing: Standing }[];

function drawFilters(all: Standings): TemplateResult {
  return html`<div class="filters" role="group" aria-label="Which seats">
    ${STANDINGS.map(({ standing, label }) => {
      const count = standing === undefined ? all.length : all.filter((one) => one.standing === standing).length;
      const choose = () => {
        filter = standing;
        draw();
      };
      return html`<button class="btn ${standing ?? ""}" aria-pressed=${filter === standing} @click=${choose}>
        ${standing ? html`<span aria-hidden="true">${SIGNS[standing]}</span> ` : nothing}${label} ${count}
      </button>`;
    })}
  </div>`;
}

function drawSeats(all: Standings, now: number): TemplateResult {
  if (all.length === 0) {
    return html`<p class="empty">Nobody has joined yet. Show the code, or send the page’s address.</p>`;
  }
  const shown = all.filter(({ standing }) => filter === undefined || standing === filter);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Seats">
    <table>
      <caption class="unseen">Seats, in the order in which people joined</caption>
      <thead>
        <tr>
          ${["Name", "State", "Step", "Last command", "Result", "Idle"].map((head) => html`<th scope="col">${head}</th>`)}
          <th scope="col"><span class="unseen">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(({ seat, standing }) => drawSeat(seat, standing, now))}
      </tbody>
    </table>
    ${shown.length === 0 ? html`<p class="empty">None at the moment.</p>` : nothing}
  </div>`;
}

function drawSeat(seat: Seat, standing: Standing, now: number): TemplateResult {
  const to = `${path}/seats/${encodeURIComponent(seat.id)}`;
  const failed = seat.status !== 0;
  return html`<tr class=${standing} data-seat=${seat.id}>
    <th scope="row">${seat.name}</th>
    <td><span class="standing ${standing}"><span aria-hidden="true">${SIGNS[standing]}</span> ${standing}</span></td>
    <td class="step">
      ${
        seat.steps === 0
          ? html`<span class="w">–</span>`
          : html`<span>${seat.done} of ${seat.steps}</span><progress max=${seat.checks || 1} value=${seat.ticked} aria-label=${`Checks of ${seat.name}`}></progress>`
      }
    </td>
    <td class="command">${seat.command ? html`<code title=${seat.command}>${seat.command}</code>` : html`<span class="w">nothing yet</span>`}</td>
    <td class="result">
      ${seat.commands === 0 ? nothing : failed ? html`<span class="failed">✕ exit ${seat.status}</span><span class="said" title=${seat.said}>${seat.said}</span>` : html`<span class="passed">✓</span>`}
    </td>
    <td class="idle">${sinceWords(now - Date.parse(seat.active ?? seat.joined))}</td>
    <td class="actions">
      <a class="btn" href=${`${to}/watch`} target="_blank" rel="noopener" aria-label=${`Watch ${seat.name}`}>Watch</a>
      ${
        workshop?.open
          ? html`<a class="btn" href=${`${to}/help`} target="_blank" rel="noopener" aria-label=${`Help ${seat.name}`}>Help</a>
            <button class="btn" aria-label=${`Reset ${seat.name}`} @click=${() => confirmReset(seat)}>Reset</button>`
          : nothing
      }
    </td>
  </tr>`;
}

/** Said aloud by a screen reader: who got stuck since. */
function drawNews(all: Standings): TemplateResult {
  const stuck = all.filter(({ standing }) => standing === "stuck");
  const fresh = stuck.filter(({ seat }) => !stuckBefore.has(seat.id)).map(({ seat }) => `${seat.name} is stuck.`);
  stuckBefore = new Set(stuck.map(({ seat }) => seat.id));
  news = fresh.slice(0, 3).join(" ") || news;
  return html`<p class="unseen" aria-live="polite">${news}</p>`;
}

function confirmReset(seat: Seat): void {
  ask(`Reset ${seat.name}’s seat?`, "It gets a fresh session; what was done there is gone.", "Reset", () =>
    act("POST", `/seats/${encodeURIComponent(seat.id)}/reset`),
  );
}

function confirmClose(): void {
  ask("Close the workshop?", "Nobody joins any more, and seats can only be looked at. The outcome stays.", "Close the workshop", () =>
    act("POST", "/close"),
  );
}

function ask(title: string, what: string, yes: string, go: () => void): void {
  openDialog(
    title,
    (_, dialog) => html`<p>${what}</p>
      <p class="row choices">
        <button
          class="btn p"
          @click=${() => {
            dialog.close();
            go();
          }}
        >
          ${yes}</button
        ><button class="btn" @click=${() => dialog.close()}>Cancel</button>
      </p>`,
  );
}

async function act<T>(method: string, to: string, then?: (answer: T) => void): Promise<void> {
  try {
    const answer = await call<T>(method, path + to);
    complaint = "";
    then?.(answer);
  } catch (error) {
    complaint = (error as Error).message;
  }
  draw();
}

/** The link to it shows with the next look; browsers open no tab that nobody has clicked for. */
function openStage(answer: { url: string } | undefined): void {
  if (workshop) {
    workshop = { ...workshop, showing: answer !== undefined, ...(answer ? { stage: answer.url } : {}) };
  }
}

async function copyLink(): Promise<void> {
  await navigator.clipboard.writeText(new URL(workshop!.joinUrl, location.href).href).catch(() => undefined);
  copied = true;
  draw();
}

function clockTime(time: string): string {
  return new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

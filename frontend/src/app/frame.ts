import { html, render } from "lit";

/** The parts of the playground, each drawn by its own view. */
export interface Frame {
  root: HTMLElement;
  header: HTMLElement;
  bar: HTMLElement;
  canvas: HTMLElement;
  map: HTMLElement;
  timeline: HTMLElement;
  begin: HTMLElement;
  desk: HTMLElement;
  /** What the organiser of a workshop shows. */
  stage: HTMLElement;
  side: HTMLElement;
  lesson: HTMLElement;
  /** On a narrow screen the way back to the lesson from where it led. */
  back: HTMLButtonElement;
  live: HTMLElement;
}

export type Tab = "lesson" | "terminal" | "topology" | "journey";

/** A telephone on its side: the drawing is always seen, and the tabs choose what stands beside it. */
const LOW = matchMedia("(min-width: 540px) and (max-height: 500px)");
/** A tablet held upright: the terminal is always seen, too, and a lesson takes turns with the journey. */
const TALL = matchMedia("(min-width: 761px) and (max-width: 900px) and (min-height: 700px)");

/** Parts that are seen whichever tab is chosen. */
const alwaysSeen = (): Tab[] => (LOW.matches ? ["topology"] : TALL.matches ? ["topology", "terminal"] : []);

/** Builds the page once; the splitter and the narrow screen's tabs are its own business. */
export function buildFrame(root: HTMLElement, onResize: () => void): Frame {
  root.replaceChildren();
  root.dataset.tab = "topology";
  render(
    html`<header class="top"></header>
      <div class="status" role="status"></div>
      <nav class="narrow-tabs" aria-label="Parts of the page">
        ${(["lesson", "terminal", "topology", "journey"] as Tab[]).map(
          (tab) =>
            html`<button data-for=${tab} ?hidden=${tab === "lesson"} aria-pressed=${tab === "topology"} @click=${() => showTab(root, tab, onResize)}>${tab[0]!.toUpperCase() + tab.slice(1)}</button>`,
        )}
      </nav>
      <aside class="lesson" hidden aria-label="Lesson"></aside>
      <button class="lesson-fold icon" hidden aria-label="Fold the lesson away" title="Fold the lesson away" aria-expanded="true" @click=${(event: Event) => foldLesson(root, event.currentTarget as HTMLElement, onResize)}>
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M10 3L5 8l5 5" /></svg>
      </button>
      <main>
        <section class="canvas" aria-label="Topology"></section>
        <section class="netfilter" aria-label="Netfilter map" hidden></section>
        <section class="timeline" aria-label="Timeline"></section>
        <div class="splitter" role="separator" aria-orientation="horizontal" aria-label="Height of the terminal" tabindex="0" aria-valuenow="30" aria-valuemin="10" aria-valuemax="80"></div>
        <section class="begin" aria-label="What to do next" hidden></section>
        <section class="desk" aria-label="Terminal"></section>
        <section class="stage" aria-label="What the organiser shows" hidden></section>
      </main>
      <aside class="side" aria-label="Packet journey and inspector"></aside>
      <button class="lesson-back" hidden @click=${() => showTab(root, "lesson", onResize)}></button>
      <div class="unseen live" aria-live="polite"></div>`,
    root,
  );
  const part = <T extends HTMLElement = HTMLElement>(selector: string) => root.querySelector<T>(selector)!;
  splitter(root, part(".splitter"), part("main"), onResize);
  const turned = () => {
    if (alwaysSeen().includes(root.dataset.tab as Tab)) {
      showTab(root, LOW.matches ? "terminal" : root.classList.contains("with-lesson") ? "lesson" : "journey", onResize);
    }
  };
  LOW.addEventListener("change", turned);
  TALL.addEventListener("change", turned);
  turned();
  return {
    root,
    header: part("header.top"),
    bar: part(".status"),
    canvas: part(".canvas"),
    map: part(".netfilter"),
    timeline: part(".timeline"),
    begin: part(".begin"),
    desk: part(".desk"),
    stage: part(".stage"),
    side: part(".side"),
    lesson: part(".lesson"),
    back: part<HTMLButtonElement>(".lesson-back"),
    live: part(".live"),
  };
}

export function showTab(root: HTMLElement, wanted: Tab, onResize: () => void): void {
  const tab = alwaysSeen().includes(wanted) ? root.dataset.tab : wanted;
  root.dataset.tab = tab;
  for (const button of root.querySelectorAll<HTMLElement>(".narrow-tabs button")) {
    button.setAttribute("aria-pressed", String(button.dataset.for === tab));
  }
  if (tab === "lesson") {
    root.querySelector<HTMLElement>(".lesson-back")!.hidden = true;
  }
  onResize();
}

/** Something was picked: in the drawing, to be told of; elsewhere, to be seen there, unless the drawing is seen anyway. */
export function showPicked(root: HTMLElement, onResize: () => void): void {
  showTab(root, alwaysSeen().includes("topology") || root.dataset.tab === "topology" ? "journey" : "topology", onResize);
}

/** Makes room for a lesson; on narrow screens it is a tab of its own, and the first to be seen. */
export function openLesson(frame: Frame, onResize: () => void): void {
  const { root } = frame;
  for (const element of root.querySelectorAll<HTMLElement>(".lesson, .lesson-fold, .narrow-tabs [data-for=lesson]")) {
    element.hidden = false;
  }
  root.classList.add("with-lesson");
  showTab(root, "lesson", onResize);
}

function foldLesson(root: HTMLElement, button: HTMLElement, onResize: () => void): void {
  const folded = root.classList.toggle("lesson-folded");
  const words = folded ? "Unfold the lesson" : "Fold the lesson away";
  button.setAttribute("aria-expanded", String(!folded));
  button.setAttribute("aria-label", words);
  button.title = words;
  onResize();
}

const STEP = 24;

function splitter(root: HTMLElement, handle: HTMLElement, main: HTMLElement, onResize: () => void): void {
  const desk = main.querySelector<HTMLElement>(".desk")!;
  const set = (height: number) => {
    const all = desk.getBoundingClientRect().bottom - main.querySelector(".canvas")!.getBoundingClientRect().top;
    const bounded = Math.min(Math.max(height, 90), all - 220);
    root.style.setProperty("--desk", `${bounded}px`);
    handle.setAttribute("aria-valuenow", String(Math.round((bounded / all) * 100)));
    onResize();
  };
  const current = () => desk.clientHeight;
  handle.addEventListener("pointerdown", (down) => {
    handle.setPointerCapture(down.pointerId);
    const start = current() + down.clientY;
    const move = (event: PointerEvent) => set(start - event.clientY);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", () => handle.removeEventListener("pointermove", move), { once: true });
  });
  handle.addEventListener("keydown", (event) => {
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      event.stopPropagation();
      set(current() + (event.key === "ArrowUp" ? STEP : -STEP));
    }
  });
}

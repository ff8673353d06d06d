// Entry point of the landing page, /.
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/landing.css";
import "./styles/lessons.css";
import { begunLessons } from "../lesson/kept";
import { keepTyping, typedFile } from "../state/typing";
import { call } from "./api";
import { applyTheme } from "./theme";

applyTheme();

for (const button of document.querySelectorAll<HTMLElement>("[data-start], [data-lesson]")) {
  button.addEventListener("click", () => {
    const { start: world, lesson } = button.dataset;
    void start(lesson === undefined ? { world } : { lesson });
  });
}

document.querySelector<HTMLFormElement>("#open-link")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const path = pageOf(String(new FormData(form).get("link")).trim());
  if (path) {
    location.assign(path);
  } else {
    complain(form, "This is no link to a session on this server.");
  }
});

document.querySelector<HTMLFormElement>("#compose")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const file = String(new FormData(event.currentTarget as HTMLFormElement).get("file"));
  void start({ world: "lab" }, [...typedFile("compose.yaml", file), "docker compose up -d"]);
});

/** Lessons that were begun in this browser can be gone on with. */
const begun = begunLessons();
for (const link of document.querySelectorAll<HTMLAnchorElement>("[data-resume]")) {
  const known = begun.get(link.dataset.resume!);
  if (known) {
    const done = known.reached >= known.steps;
    link.classList.toggle("done", done);
    link.href = `/s/${known.session}${done ? "/summary" : ""}`;
    link.textContent = done ? "✓ done" : `go on at step ${known.reached + 1}`;
    link.hidden = false;
  }
}

async function start(wanted: object, lines: string[] = []): Promise<void> {
  show("busy");
  try {
    const session = await call<{ id: string }>("POST", "/sessions", wanted);
    if (lines.length > 0) {
      keepTyping(session.id, { node: "host", lines });
    }
    location.assign(`/s/${encodeURIComponent(session.id)}`);
  } catch (error) {
    show("failed", (error as Error).message);
  }
}

/** The page of this server that a link leads to; a bare id is a share's. */
function pageOf(link: string): string | undefined {
  if (/^[\w-]{20,40}$/.test(link)) {
    return `/share/${link}`;
  }
  const url = URL.parse(link, location.origin);
  return url?.origin === location.origin && /^\/(s|share|embed|new)\b/.test(url.pathname) ? url.pathname + url.search : undefined;
}

function complain(form: HTMLFormElement, words: string): void {
  const says = form.querySelector<HTMLElement>(".form-says")!;
  says.hidden = false;
  says.textContent = words;
}

function show(state: "busy" | "failed", words?: string): void {
  for (const element of document.querySelectorAll<HTMLElement>(".when-busy, .when-failed")) {
    element.hidden = !element.classList.contains(`when-${state}`);
    if (!element.hidden) {
      element.scrollIntoView({ block: "nearest" });
    }
    if (words !== undefined && !element.hidden) {
      element.textContent = words;
    }
  }
}

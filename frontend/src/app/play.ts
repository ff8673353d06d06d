// Entry point of the playground, /s/{id}.
import "@xterm/xterm/css/xterm.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/timeline.css";
import "./styles/play.css";
import "./styles/topology.css";
import "./styles/panels.css";
import "./styles/embed.css";
import "./styles/lesson.css";
import "./styles/netfilter.css";
import "./styles/stage.css";
import "./styles/spread.css";
import "./styles/low.css";
import "./styles/tall.css";
import "./styles/forced-colors.css";
import { connectTo } from "./connect";
import { Page } from "./page";
import { applyTheme } from "./theme";

applyTheme();
const session = document.body.dataset.session ?? location.pathname.split("/").filter(Boolean).at(-1) ?? "";

const socket = connectTo(
  session,
  (message) => page.message(message),
  (status) => page.status(status),
);
const page = new Page(document.querySelector<HTMLElement>("#app")!, session, (message) => socket.send(message));

/** Keys belong to the page unless the person types or works a control with them. */
document.addEventListener("keydown", (event) => {
  const target = event.target as HTMLElement;
  const typing = target.closest(".xterm, input, textarea, select, dialog, [role=tablist], .splitter") !== null;
  const pressing = event.key === " " && target.closest("button, summary, a") !== null;
  if (event.key === "F6") {
    nextPart(target);
    event.preventDefault();
  } else if (!typing && !pressing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    page.key(event);
  }
});

/** From the part that has the focus to the next one that is shown, since Tab completes in a terminal: lesson, terminal, timeline, side, search. */
function nextPart(from: HTMLElement): void {
  const parts: [part: string, first: string][] = [
    [".lesson", ".lesson-body"],
    [".begin", "button"],
    [".desk", ".terminal:not([hidden]) textarea"],
    [".timeline", "button:not(:disabled)"],
    [".side", ".side-body"],
    [".canvas", "input"],
  ];
  const at = parts.findIndex(([part]) => from.closest(part));
  const shown = [...parts.slice(at + 1), ...parts.slice(0, at + 1)]
    .map(([part, first]) => document.querySelector<HTMLElement>(`${part} ${first}`))
    .find((element) => element?.checkVisibility());
  shown?.focus();
}

socket.start();

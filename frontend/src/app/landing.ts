// Entry point of the landing page, /.
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/landing.css";
import { call } from "./api";
import { applyTheme } from "./theme";

applyTheme();

for (const button of document.querySelectorAll<HTMLElement>("[data-start]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    void start(button.dataset.start ?? "lab");
  });
}

async function start(world: string): Promise<void> {
  show("busy");
  try {
    const session = await call<{ id: string }>("POST", "/sessions", { world });
    location.assign(`/s/${encodeURIComponent(session.id)}`);
  } catch (error) {
    show("failed", (error as Error).message);
  }
}

function show(state: "busy" | "failed", words?: string): void {
  for (const element of document.querySelectorAll<HTMLElement>(".when-busy, .when-failed")) {
    element.hidden = !element.classList.contains(`when-${state}`);
    if (words !== undefined && !element.hidden) {
      element.textContent = words;
    }
  }
}

import { boxesNamed, paleBoxes } from "../lesson/focus";
import { keepBegun } from "../lesson/kept";
import { type LessonActions, LessonPanel } from "../lesson/panel";
import type { Progress } from "../protocol/messages";
import type { Scene } from "../topology/scene";
import { call } from "./api";
import { placeFragment } from "./fragment";
import { type Frame, openLesson } from "./frame";

interface HostActions extends LessonActions {
  /** Another step is open. */
  moved(): void;
  /** The room for the other parts has changed. */
  fit(): void;
}

const PATIENCE = 10_000;
const LONGEST_PAUSE = 5000;

/** The lesson as the server wrote it; asked for again until an answer comes, since the page has nothing to stand in for it. */
async function lessonText(session: string): Promise<string> {
  for (let pause = 250; ; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
    try {
      const response = await fetch(`/s/${encodeURIComponent(session)}/lesson`, {
        headers: { Accept: "text/html" },
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.ok) {
        return await response.text();
      }
    } catch {
      // no answer, or half of one
    }
    await new Promise((passed) => setTimeout(passed, pause));
  }
}

/** Fetches the session's lesson once its progress says that it has one, and keeps this browser's list of lessons begun. */
export class LessonHost {
  panel: LessonPanel | undefined;
  private progress: Progress | undefined;
  private asked = false;

  constructor(
    private readonly session: string,
    private readonly frame: Frame,
    private readonly actions: HostActions,
  ) {}

  update(progress: Progress | undefined): void {
    if (progress === undefined || progress === this.progress) {
      return;
    }
    this.progress = progress;
    keepBegun(this.session, progress);
    if (this.panel) {
      this.panel.update(progress);
      this.sayBack();
    } else if (!this.asked) {
      this.asked = true;
      void this.place();
    }
  }

  /** Ids of the boxes that the open step is about. */
  focus(): ReadonlySet<string> {
    return new Set((this.panel?.focus() ?? []).flatMap(boxesNamed));
  }

  /** Ids of the boxes that it is not about. */
  pale(scene: Scene): ReadonlySet<string> {
    return paleBoxes(scene, this.panel?.focus() ?? [], this.panel?.fold() ?? []);
  }

  /** Names that it folds away, as far as they can be folded. */
  aside(): ReadonlySet<string> {
    return new Set(this.panel?.fold() ?? []);
  }

  /** The lesson's actions; on a narrow screen those that lead elsewhere leave a way back. */
  private led(): LessonActions {
    const leaving =
      <A extends unknown[]>(act: (...what: A) => void) =>
      (...what: A) => {
        // first the room that the way back takes, so that a terminal has its size before something is typed there
        this.frame.back.hidden = false;
        this.sayBack();
        act(...what);
      };
    return { ...this.actions, run: leaving(this.actions.run), showPacket: leaving(this.actions.showPacket) };
  }

  private sayBack(): void {
    this.frame.back.textContent = this.panel?.isStepDone ? "✓ Step done · back to the lesson" : "‹ Back to the lesson";
  }

  private async place(): Promise<void> {
    placeFragment(this.frame.lesson, await lessonText(this.session));
    for (const link of this.frame.lesson.querySelectorAll<HTMLElement>("[data-lesson]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        void this.begin(link.dataset.lesson!);
      });
    }
    openLesson(this.frame, this.actions.fit);
    this.panel = new LessonPanel(this.frame.lesson, this.led(), this.actions.moved);
    this.panel.update(this.progress!);
    this.actions.moved();
  }

  private async begin(lesson: string): Promise<void> {
    try {
      const session = await call<{ id: string }>("POST", "/sessions", { lesson });
      location.assign(`/s/${encodeURIComponent(session.id)}`);
    } catch {
      location.assign("/"); // from there it can be tried again
    }
  }
}

import type { Progress } from "../protocol/messages";
import { keepOptionsWhole } from "./options";
import { type LessonActions, StepView } from "./step";

export type { LessonActions } from "./step";

/** The lesson beside the drawing: which step is open is the learner's business, what is done the server's. */
export class LessonPanel {
  readonly title: string;
  private readonly steps: StepView[];
  private readonly bar: HTMLProgressElement;
  private readonly body: HTMLElement;
  private readonly live: HTMLElement;
  private readonly finish: HTMLElement | null;
  private open = -1;
  private wanted: number | undefined;

  /**
   * @param host holds the lesson as the server made it
   * @param moved told when another step is open
   */
  constructor(
    host: HTMLElement,
    private readonly actions: LessonActions,
    private readonly moved: () => void,
  ) {
    const part = <T extends HTMLElement>(selector: string) => host.querySelector<T>(selector);
    keepOptionsWhole(host);
    this.title = part("h2")!.dataset.crumb ?? "";
    this.bar = part<HTMLProgressElement>("progress")!;
    this.body = part(".lesson-body")!;
    this.live = part(".lesson-live")!;
    this.finish = part(".lesson-finish");
    this.steps = [...host.querySelectorAll<HTMLElement>("li.step")].map((element, i) => new StepView(element, i, actions));
    for (const step of this.steps) {
      step.title.addEventListener("click", () => this.show(step.number === this.open ? -1 : step.number));
      step.next?.addEventListener("click", () => this.goOn(step));
    }
  }

  update(progress: Progress): void {
    const words = this.steps.flatMap((step, i) => {
      const of = progress.steps[i];
      return of ? step.update(of, progress.reached) : [];
    });
    this.bar.value = progress.reached;
    this.bar.textContent = `${progress.reached} of ${this.steps.length}`;
    if (this.finish) {
      this.finish.hidden = progress.reached < this.steps.length;
    }
    const first = this.open === -1 && this.wanted === undefined && !this.body.classList.contains("begun");
    if (first) {
      this.body.classList.add("begun");
      this.show(Math.min(progress.reached, this.steps.length - 1), false);
    } else {
      if (words.length > 0) {
        this.live.textContent = words.join(" ");
      }
      if (this.wanted !== undefined && this.wanted <= progress.reached) {
        this.show(this.wanted);
      }
    }
  }

  /** Whether all that the open step asks for is reached. */
  get isStepDone(): boolean {
    return this.steps[this.open]?.isDone === true;
  }

  /** What of the drawing the open step is about, as lessons name it. */
  focus(): string[] {
    return this.steps[this.open]?.focus ?? [];
  }

  /** What of it is folded away meanwhile. */
  fold(): string[] {
    return this.steps[this.open]?.fold ?? [];
  }

  private goOn(step: StepView): void {
    this.wanted = step.number + 1;
    if (step.isDone) {
      this.show(this.wanted);
    } else {
      this.actions.note("read", String(step.number));
    }
  }

  private show(number: number, move = true): void {
    this.wanted = undefined;
    this.open = number;
    for (const step of this.steps) {
      step.show(step.number === number);
    }
    const step = this.steps[number];
    if (step && move) {
      step.title.focus({ preventScroll: true });
      step.element.scrollIntoView({ block: "start" });
    } else if (number === this.steps.length) {
      this.finish?.scrollIntoView({ block: "nearest" });
      this.finish?.querySelector("a")?.focus({ preventScroll: true });
    }
    this.moved();
  }
}

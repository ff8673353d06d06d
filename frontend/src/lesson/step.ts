import type { StepProgress } from "../protocol/messages";
import { QuestionForm } from "./question";

export interface LessonActions {
  /** Types a command on a machine or container. */
  run(node: string, command: string): void;
  note(about: string, text: string): void;
  showPacket(packet: number): void;
}

/** One step: its text comes from the server, its buttons and ticks from here. */
export class StepView {
  readonly title: HTMLButtonElement;
  readonly next: HTMLButtonElement | null;
  private readonly text: HTMLElement;
  private readonly mark: HTMLElement;
  private readonly goals: HTMLElement[];
  private readonly questions: QuestionForm[];
  private readonly hints: HTMLDetailsElement[];
  private hintsOpened = 0;
  private done = false;

  constructor(
    readonly element: HTMLElement,
    readonly number: number,
    private readonly actions: LessonActions,
  ) {
    const all = <T extends HTMLElement>(selector: string) => [...element.querySelectorAll<T>(selector)];
    this.title = element.querySelector("h3 button")!;
    this.mark = element.querySelector(".mark")!;
    this.text = element.querySelector(".step-text")!;
    this.next = element.querySelector("button.next");
    this.goals = all(".goal");
    this.questions = all<HTMLFormElement>("form.question").map(
      (form) =>
        new QuestionForm(form, {
          answer: (name, text) => actions.note(`answer:${name}`, text),
          showPacket: actions.showPacket,
        }),
    );
    this.hints = all<HTMLDetailsElement>("details.hint");
    for (const run of all(".run")) {
      run.append(this.runButton(run.dataset.node!, run.dataset.command!));
    }
    for (const [i, hint] of this.hints.entries()) {
      hint.addEventListener("toggle", () => this.toggled(i));
    }
    for (const goal of this.goals) {
      const said = document.createElement("span");
      said.className = "unseen";
      goal.prepend(said);
    }
  }

  /** What of the drawing it is about. */
  get focus(): string[] {
    return (this.element.dataset.focus ?? "").split(" ").filter(Boolean);
  }

  /** What of it is not needed for it. */
  get fold(): string[] {
    return (this.element.dataset.fold ?? "").split(" ").filter(Boolean);
  }

  get isDone(): boolean {
    return this.done;
  }

  show(on: boolean): void {
    this.text.hidden = !on;
    this.title.setAttribute("aria-expanded", String(on));
    this.element.classList.toggle("open", on);
  }

  /** What has changed, in words for a screen reader. */
  update(progress: StepProgress, reached: number): string[] {
    const words: string[] = [];
    for (const [i, goal] of this.goals.entries()) {
      const ticked = progress.goals[i] === true;
      if (ticked !== goal.classList.contains("ticked")) {
        goal.classList.toggle("ticked", ticked);
        words.push(`Reached: ${goal.textContent?.trim()}`);
      }
      goal.querySelector(".unseen")!.textContent = ticked ? "Reached: " : "To reach: ";
    }
    for (const form of this.questions) {
      const question = progress.questions.find((q) => q.name === form.name);
      words.push(question ? form.update(question) : "");
    }
    this.hintsOpened = progress.hints;
    for (const [i, hint] of this.hints.entries()) {
      hint.hidden = i > this.hintsOpened;
    }
    this.done = progress.done;
    const state = this.done ? "done" : this.number === reached ? "now" : "later";
    this.element.dataset.state = state;
    this.mark.textContent = { done: "✓", now: "→", later: "○" }[state];
    this.title.disabled = this.number > reached;
    if (this.number === reached) {
      this.title.setAttribute("aria-current", "step");
    } else {
      this.title.removeAttribute("aria-current");
    }
    if (this.next) {
      this.next.disabled = !this.done && this.goals.length + this.questions.length > 0;
    }
    return words.filter(Boolean);
  }

  private toggled(hint: number): void {
    if (this.hints[hint]!.open && hint >= this.hintsOpened) {
      this.actions.note("hint", String(this.number));
    }
  }

  private runButton(node: string, command: string): HTMLButtonElement {
    const button = document.createElement("button");
    const place = node.replace("container:", "");
    button.type = "button";
    button.textContent = `run on ${place} ▸`;
    button.setAttribute("aria-label", `Run on ${place}: ${command}`);
    button.addEventListener("click", () => this.actions.run(node, command));
    return button;
  }
}

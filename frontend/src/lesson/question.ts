import type { QuestionProgress } from "../protocol/messages";

export interface QuestionActions {
  answer(name: string, text: string): void;
  showPacket(packet: number): void;
}

/** A question to answer before the run; what is seen settles it. The form itself comes from the server. */
export class QuestionForm {
  private readonly button = document.createElement("button");
  private readonly outcome: HTMLElement;
  private readonly explain: HTMLElement;
  private known: QuestionProgress | undefined;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly actions: QuestionActions,
  ) {
    this.outcome = form.querySelector<HTMLElement>(".outcome")!;
    this.explain = form.querySelector<HTMLElement>(".explain")!;
    this.button.className = "btn";
    this.button.textContent = "Predict";
    this.outcome.before(this.button);
    form.addEventListener("input", () => this.refresh());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const value = this.value();
      if (value !== "") {
        actions.answer(this.name, value);
      }
    });
    this.refresh();
  }

  get name(): string {
    return this.form.dataset.question!;
  }

  /** What has changed, in words for a screen reader; empty if nothing worth saying. */
  update(progress: QuestionProgress): string {
    const before = this.known;
    if (JSON.stringify(before) === JSON.stringify(progress)) {
      return "";
    }
    this.known = progress;
    if (before?.answer !== progress.answer && progress.answer !== undefined) {
      this.choose(progress.answer);
    }
    this.refresh();
    return before !== undefined && before.truth === undefined && progress.truth !== undefined ? this.outcome.textContent : "";
  }

  private value(): string {
    return (new FormData(this.form).get(this.name) as string | null)?.trim() ?? "";
  }

  private inputs(): HTMLInputElement[] {
    return [...this.form.querySelectorAll("input")];
  }

  private choose(answer: string): void {
    for (const input of this.inputs()) {
      if (input.type === "radio") {
        input.checked = input.value === answer;
      } else {
        input.value = answer;
      }
    }
  }

  /** The words of a choice; what was typed or seen stands for itself. */
  private words(value: string): string {
    const input = this.inputs().find((i) => i.type === "radio" && i.value === value);
    return input?.parentElement?.textContent?.trim() ?? value;
  }

  private refresh(): void {
    const { answer, truth, right, packet } = this.known ?? {};
    const settled = answer !== undefined && truth !== undefined;
    const value = settled ? "" : this.value();
    this.button.hidden = settled || (answer !== undefined && value === answer);
    this.button.disabled = value === "";
    for (const input of this.inputs()) {
      input.disabled = settled;
    }
    this.form.classList.toggle("right", settled && right === true);
    this.form.classList.toggle("wrong", settled && right === false);
    this.explain.hidden = !settled || this.explain.textContent?.trim() === "";
    this.outcome.replaceChildren();
    if (settled) {
      this.outcome.append(right ? "✓ As you predicted." : `✕ You predicted: ${this.words(answer)}. It was: ${this.words(truth)}.`);
      if (packet !== undefined) {
        this.outcome.append(" ", this.packetButton(packet));
      }
    } else if (answer !== undefined && value === answer) {
      this.outcome.append("Predicted. Now see whether it is so.");
    }
  }

  private packetButton(packet: number): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = "Show the packet";
    button.addEventListener("click", () => this.actions.showPacket(packet));
    return button;
  }
}

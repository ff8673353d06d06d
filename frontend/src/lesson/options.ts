/** An option's name: where a browser would break the line after its hyphens. */
const OPTION = /(?<=^|[\s"'=])(-{1,2}[A-Za-z][\w-]{0,30})/;

/** The parts of a command, of which every second one is an option's name. */
export const optionsIn = (command: string): string[] => command.split(OPTION);

/** Keeps the names of options whole where a command needs more than one line; what is copied stays as it is. */
export function keepOptionsWhole(within: ParentNode): void {
  for (const code of within.querySelectorAll("code")) {
    const parts = optionsIn(code.textContent ?? "");
    if (parts.length > 1 && code.childElementCount === 0) {
      code.replaceChildren(...parts.map((part, i) => (i % 2 === 0 ? part : option(part))));
    }
  }
}

function option(name: string): HTMLElement {
  const span = document.createElement("span");
  span.className = "option";
  span.textContent = name;
  return span;
}

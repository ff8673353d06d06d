import type { Terminal } from "@xterm/xterm";

const SCROLLING = ["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"];
/** For so many frames the end is sought before the picture is left as it is. */
const PATIENCE = 20;

/**
 * Keeps a terminal's end in sight until the person scrolls up, and again once it is in sight. xterm.js keeps it only by its own count:
 * what is written while it is hidden, or in the frame in which it comes back with another size, moves it up and counts as scrolled by
 * somebody.
 */
export function keepEnd(screen: Pick<Terminal, "buffer" | "onRender" | "scrollToBottom">, element: HTMLElement): void {
  let following = true;
  let sought = 0;
  let end = 0;
  const isAtEnd = () => screen.buffer.active.viewportY >= screen.buffer.active.baseY;
  const mend = () => {
    if (end !== screen.buffer.active.baseY) {
      end = screen.buffer.active.baseY;
      sought = 0; // another end: it is sought anew
    }
    if (isAtEnd()) {
      following = true;
      sought = 0;
    } else if (following && sought < PATIENCE) {
      sought++;
      screen.scrollToBottom(); // in vain as long as it does not know its new size
      requestAnimationFrame(mend);
    }
  };
  screen.onRender(mend);
  const scrolled = () => {
    requestAnimationFrame(() => {
      following = isAtEnd();
    });
  };
  element.addEventListener("wheel", scrolled, { passive: true });
  element.addEventListener("touchmove", scrolled, { passive: true });
  element.addEventListener("pointerdown", scrolled);
  element.addEventListener("pointermove", (event) => event.buttons !== 0 && scrolled());
  element.addEventListener("keydown", (event) => event.shiftKey && SCROLLING.includes(event.key) && scrolled(), { capture: true });
}

import { html, nothing } from "lit";
import { call } from "./api";
import { openDialog } from "./dialogs";

/** Asks, then goes to a fresh session of the same world, or with the same lesson from its beginning. The old one stays where it is. */
export function openReset(world: string, lesson: string | undefined): void {
  let complaint = "";
  openDialog("Reset", (redraw) => {
    const reset = async () => {
      try {
        const session = await call<{ id: string }>("POST", "/sessions", lesson === undefined ? { world } : { lesson });
        location.assign(`/s/${encodeURIComponent(session.id)}`);
      } catch (error) {
        complaint = (error as Error).message;
        redraw();
      }
    };
    const what = lesson === undefined ? "A fresh lab begins, with nothing typed yet." : "The lesson begins again, in a fresh lab.";
    return html`<p>${what} This one stays under its own link: go back to it with the browser’s back button.</p>
      <p class="field row">
        <button class="btn p" @click=${reset}>${lesson === undefined ? "Start a fresh lab" : "Begin the lesson again"}</button>
      </p>
      ${complaint === "" ? nothing : html`<p class="field" role="status">${complaint}</p>`}`;
  });
}

/**
 * Puts a fragment that this server made in the place of what `host` holds. The server escapes all that was typed; scripts in a parsed
 * document never run, and the content security policy leaves handlers in attributes without effect.
 */
export function placeFragment(host: HTMLElement, html: string): void {
  host.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
}

import { html, nothing, type TemplateResult } from "lit";
import { call } from "./api";
import { openDialog } from "./dialogs";

type From = "moment" | "start";

const CHOICES: { from: From; label: string; sees: string }[] = [
  { from: "moment", label: "This moment", sees: "The visitor gets a session of their own in exactly this state, and goes on from here." },
  {
    from: "start",
    label: "From the start",
    sees: "The visitor gets a session of their own in which all that was typed happens again, from the beginning.",
  },
];

const INVITATIONS = [
  { role: "participant", label: "Link for typing along" },
  { role: "viewer", label: "Link for watching" },
];

const MAKING = "Making the link …";

/** Links to the session: for people, and for pages that show it. */
export function openShare(session: string, owner: boolean): void {
  const links = new Map<From, string>();
  let from: From = "moment";
  let failed = false;
  let complaint = "";
  let refused = "";
  let copied = "";
  let invitation: { label: string; link: string } | undefined;
  const picture = wholePicture(document.querySelector<SVGSVGElement>("svg.scene"));
  openDialog("Share", (redraw) => {
    const ask = async (wanted: From) => {
      try {
        const share = await call<{ url: string }>("POST", `/sessions/${encodeURIComponent(session)}/shares`, { from: wanted });
        links.set(wanted, new URL(share.url, location.href).href);
        complaint = "";
      } catch (error) {
        complaint = (error as Error).message;
        failed = true;
      }
      redraw();
    };
    const again = () => {
      complaint = MAKING;
      failed = false;
      redraw();
      void ask(from);
    };
    const choose = (wanted: From) => {
      from = wanted;
      redraw();
      if (!links.has(wanted)) {
        again();
      }
    };
    if (links.size === 0 && complaint === "") {
      complaint = MAKING;
      void ask(from);
    }
    const invitations = (redraw: () => void) => html`<h3>Work together in this session</h3>
      <p class="row invite">
        ${INVITATIONS.map(({ role, label }) => html`<button class="btn" @click=${() => invite(role, redraw)}>${label}</button>`)}
      </p>
      ${invitation ? field("share-invitation", invitation.label, invitation.link) : nothing}
      <p role="status">${refused}</p>`;
    const invite = async (role: string, redraw: () => void) => {
      try {
        const made = await call<{ url: string }>("POST", `/sessions/${encodeURIComponent(session)}/invitations`, { role });
        invitation = { label: INVITATIONS.find((i) => i.role === role)!.label, link: new URL(made.url, location.href).href };
        refused = "";
      } catch (error) {
        refused = (error as Error).message;
      }
      redraw();
    };
    const field = (id: string, label: string, value: string) => html`<div class="field">
      <label for=${id}>${label}</label>
      <span class="row"
        ><input id=${id} readonly .value=${value} @focus=${(e: Event) => (e.target as HTMLInputElement).select()} /><button
          class="btn"
          @click=${async () => {
            await navigator.clipboard.writeText(value).catch(() => undefined);
            copied = value;
            redraw();
          }}
        >
          ${copied === value ? "Copied" : "Copy"}<span class="unseen"> the ${label.toLowerCase()}</span>
        </button></span
      >
    </div>`;
    const link = links.get(from);
    return html`<fieldset class="choices">
        <legend class="unseen">What the visitor gets</legend>
        ${CHOICES.map(
          (choice) => html`<label class="choice"
            ><input type="radio" name="from" .checked=${from === choice.from} @change=${() => choose(choice.from)} /><span><b>${choice.label}</b><span class="w">${choice.sees}</span></span></label
          >`,
        )}
      </fieldset>
      ${preview(from, picture)}
      ${link ? html`${field("share-link", "Link", link)} ${field("share-embed", "Embed snippet", snippet(link))}` : html`<p class="field" role="status">${complaint} ${failed ? html`<button class="link" @click=${again}>Try again</button>` : nothing}</p>`}
      <p class="w share-own">Yours stays yours: what they do there does not reach it.</p>
      ${owner ? invitations(redraw) : nothing}
      <h3>Packets</h3>
      <p class="row"><a class="btn" href=${`/api/v1/sessions/${encodeURIComponent(session)}/capture.pcapng`} download>All that are kept (pcapng)</a></p>`;
  });
}

const BESIDE = 12;

/** All of the drawing, whatever part of it one looks at, without what is marked for one's own eyes. */
function wholePicture(drawn: SVGSVGElement | null): SVGSVGElement | undefined {
  if (!drawn) {
    return undefined;
  }
  const picture = drawn.cloneNode(true) as SVGSVGElement;
  const { x, y, width, height } = drawn.getBBox();
  picture.setAttribute("viewBox", `${x - BESIDE} ${y - BESIDE} ${width + 2 * BESIDE} ${height + 2 * BESIDE}`);
  for (const marked of picture.querySelectorAll(".inspected, .hovered, .found")) {
    marked.classList.remove("inspected", "hovered", "found");
  }
  return picture;
}

function preview(from: From, picture: Node | undefined): TemplateResult | typeof nothing {
  if (!picture) {
    return nothing;
  }
  return html`<figure class="preview ${from}" aria-label="What the visitor sees first">
    ${from === "moment" ? picture : html`<p class="w">The world as it booted, and the first command about to run.</p>`}
  </figure>`;
}

/** What a page that is to show the session has to contain. */
export function snippet(link: string): string {
  return `<iframe src="${link.replace("/share/", "/embed/")}" width="960" height="560" title="Vethlab" loading="lazy"></iframe>`;
}

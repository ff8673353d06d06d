// @vitest-environment happy-dom
import { render } from "lit";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { initialState } from "../state/store";
import { call, UNREACHED } from "./api";
import { drawHeader } from "./header";
import { Inspector } from "./inspector";
import { openShare } from "./share";

const nothing = () => undefined;
const lost = () => Promise.reject(new TypeError("Failed to fetch"));

beforeEach(() => {
  vi.stubGlobal("fetch", vi.fn(lost));
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

it("is said in words for people, not in the browser's", async () => {
  await expect(call("POST", "/sessions")).rejects.toThrow(UNREACHED);
});

it("is said by the inspector of what was chosen meanwhile, and what it shows already stays", async () => {
  const inspector = new Inspector("0123", { run: nothing, open: nothing, inspect: nothing });
  document.body.append(inspector.element);
  inspector.show("device:host//eth0");
  await vi.waitFor(() => expect(inspector.element.textContent).toContain(UNREACHED));
  const answer = () => new Response("<h2>docker0</h2>", { headers: { "Content-Type": "text/html" } });
  vi.mocked(fetch).mockImplementation(() => Promise.resolve(answer()));
  inspector.show("device:host//docker0");
  await vi.waitFor(() => expect(inspector.element.textContent).toBe("docker0"));
  vi.mocked(fetch).mockImplementation(lost);
  inspector.touch();
  await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(2));
  expect(inspector.element.textContent).toBe("docker0");
});

it("is said where a link was to be made, which can be tried again", async () => {
  openShare("0123", true);
  const dialog = document.querySelector("dialog")!;
  await vi.waitFor(() => expect(dialog.textContent).toContain(UNREACHED));
  vi.mocked(fetch).mockImplementation(() => Promise.resolve(Response.json({ url: "/share/abc" })));
  [...dialog.querySelectorAll("button")].find((button) => button.textContent === "Try again")!.click();
  await vi.waitFor(() => expect(dialog.querySelector<HTMLInputElement>("#share-link")?.value).toContain("/share/abc"));
  vi.mocked(fetch).mockImplementation(lost);
  [...dialog.querySelectorAll("button")].find((button) => button.textContent === "Link for watching")!.click();
  await vi.waitFor(() => expect(dialog.textContent).toContain(UNREACHED));
});

it("says of nobody that they only watch before the server has told it", () => {
  const { clock, role } = initialState("0123");
  const header = (world: string) => {
    const host = document.createElement("header");
    const model = {
      world,
      lesson: undefined,
      clock,
      theme: "system" as const,
      mayAct: role !== "viewer",
      mapOpen: false,
      onReset: undefined,
    };
    render(drawHeader({ ...model, onPace: nothing, onMap: nothing, onShare: nothing, onTheme: nothing, onHelp: nothing }), host);
    return host.textContent;
  };
  expect(header("")).not.toContain("watching");
  expect(header("lab")).toContain("watching");
});

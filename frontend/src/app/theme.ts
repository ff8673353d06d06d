import { recall, remember } from "../state/preferences";

export type Theme = "system" | "light" | "dark";
const KEY = "vethlab-theme";
const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };

export function currentTheme(): Theme {
  const kept = recall(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

export function applyTheme(theme: Theme = currentTheme()): void {
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
}

export function switchTheme(): Theme {
  const next = NEXT[currentTheme()];
  remember(KEY, next);
  applyTheme(next);
  return next;
}

export type Theme = "system" | "light" | "dark";
const KEY = "vethlab-theme";
const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };

export function currentTheme(): Theme {
  const kept = read();
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
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Storage may be forbidden; the choice then holds for this page only.
  }
  applyTheme(next);
  return next;
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** What a person chose, kept in this browser. Storage may be forbidden; a choice then holds for this page only. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // as said above
  }
}

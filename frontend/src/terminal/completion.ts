/** What all of them begin with. */
export function commonPrefix(words: readonly string[]): string {
  let prefix = words[0] ?? "";
  for (const word of words) {
    while (!word.startsWith(prefix)) {
      prefix = prefix.slice(0, -1);
    }
  }
  return prefix;
}

/** The words beside one another, as many as fit, ended by a line break. */
export function inColumns(words: readonly string[], columns: number): string {
  const width = Math.max(...words.map((w) => w.length)) + 2;
  const across = Math.max(1, Math.floor(columns / width));
  const rows: string[] = [];
  for (let i = 0; i < words.length; i += across) {
    rows.push(
      words
        .slice(i, i + across)
        .map((w) => w.padEnd(width))
        .join("")
        .trimEnd(),
    );
  }
  return `${rows.join("\r\n")}\r\n`;
}

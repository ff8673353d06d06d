/** Lines that are typed for the person when a session that was just made is shown first. */
export interface Typing {
  node: string;
  lines: string[];
}

const key = (session: string) => `vethlab-typing-${session}`;

export function keepTyping(session: string, typing: Typing): void {
  sessionStorage.setItem(key(session), JSON.stringify(typing));
}

/** Gives them out once. */
export function takeTyping(session: string): Typing | undefined {
  const kept = sessionStorage.getItem(key(session));
  sessionStorage.removeItem(key(session));
  return kept === null ? undefined : (JSON.parse(kept) as Typing);
}

/** The lines by which a shell writes a file with this text. */
export function typedFile(name: string, text: string): string[] {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  let end = "EOF";
  while (lines.includes(end)) {
    end += "_";
  }
  return [`cat > ${name} << '${end}'`, ...lines, end];
}

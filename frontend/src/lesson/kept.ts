import type { Progress } from "../protocol/messages";
import { recall, remember } from "../state/preferences";

/** A lesson that was begun in this browser: by which session, and how far it has come. */
export interface Begun {
  session: string;
  reached: number;
  steps: number;
}

const KEY = "vethlab-lessons";

/** By lesson. */
export function begunLessons(text: string | null = recall(KEY)): Map<string, Begun> {
  try {
    const all = Object.entries(JSON.parse(text ?? "{}") as Record<string, Partial<Begun>>);
    return new Map(all.filter((entry): entry is [string, Begun] => isBegun(entry[1])));
  } catch {
    return new Map();
  }
}

function isBegun(value: Partial<Begun> | null): boolean {
  return (
    typeof value === "object" &&
    /^[0-9a-f]{32}$/.test(value?.session ?? "") &&
    Number.isInteger(value?.reached) &&
    Number.isInteger(value?.steps)
  );
}

export function keepBegun(session: string, progress: Progress): void {
  const all = begunLessons();
  all.set(progress.lesson, { session, reached: progress.reached, steps: progress.steps.length });
  remember(KEY, JSON.stringify(Object.fromEntries(all)));
}

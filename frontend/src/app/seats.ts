/** A workshop's seat in one row, as the server sends it. */
export interface Seat {
  id: string;
  name: string;
  joined: string;
  done: number;
  steps: number;
  ticked: number;
  checks: number;
  commands: number;
  errors: number;
  command: string;
  status: number;
  said: string;
  active?: string;
  finished?: string;
  stuckFrom?: string;
  idleFrom: string;
}

export type Standing = "stuck" | "idle" | "working" | "done";

/** The server says from when on what holds; what holds now follows from its clock. */
export function standingOf(seat: Seat, now: number): Standing {
  if (seat.finished !== undefined) {
    return "done";
  }
  if (seat.stuckFrom !== undefined && now >= Date.parse(seat.stuckFrom)) {
    return "stuck";
  }
  return now >= Date.parse(seat.idleFrom) ? "idle" : "working";
}

/** A time in few characters, in steps that do not flicker. */
export function sinceWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) {
    return `${Math.floor(seconds / 5) * 5} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

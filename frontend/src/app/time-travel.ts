import type { Outgoing } from "../protocol/messages";
import { goLive, stepPacket, stepStage, toStart } from "../state/moments";
import type { State } from "../state/store";
import type { Pace } from "./header";

export interface Traveller {
  state(): State;
  /** The same, about the packet that is in sight: steps begin there, though a newer one may wait for its turn. */
  seen(): State;
  /** Another moment is looked at, at once: nothing travels there. */
  go(state: State): void;
  send(message: Outgoing): void;
}

/** Between two stages while the past is played, in milliseconds: not quicker than the eye, nor as long as every silence was. */
const QUICKEST: [factor: number, milliseconds: number][] = [
  [1, 40],
  [10, 120],
  [100, 350],
];
const LONGEST = 900;
/** The pace at which the past is played while the engine itself is stepped. */
const STEP_FACTOR = 100;

/** Moves through time: through what the page knows, and beyond its newest event by the engine's own clock. */
export class TimeTravel {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private resume: Pace = { pace: "live" };

  constructor(private readonly traveller: Traveller) {}

  /** Whether time goes on: the engine's, or that of the past while it is played. */
  get playing(): boolean {
    const { moment, clock } = this.traveller.state();
    return moment === "live" ? clock.pace !== "step" : this.timer !== undefined;
  }

  /** Live, holds the emulation itself or lets it go on; in the past, plays what happened or stands still. */
  playOrPause(): void {
    const state = this.traveller.state();
    if (state.moment !== "live") {
      if (!this.stop()) {
        this.play();
      }
    } else if (state.clock.pace === "step") {
      this.pace(this.resume);
    } else {
      this.resume = state.clock.pace === "slow" ? { pace: "slow", factor: state.clock.factor ?? 10 } : { pace: "live" };
      this.pace({ pace: "step" });
    }
  }

  stage(direction: 1 | -1): void {
    this.stop();
    this.move(this.atEngine(direction) ? "end" : stepStage(this.traveller.seen(), direction), "stage");
  }

  packet(direction: 1 | -1): void {
    this.stop();
    this.move(this.atEngine(direction) ? "end" : stepPacket(this.traveller.seen(), direction), "packet");
  }

  toStart(): void {
    this.to(toStart(this.traveller.seen()));
  }

  /** To the moment just after an event; beyond the newest, live. */
  seek(sequence: number): void {
    this.stop();
    this.stand(sequence);
  }

  /** Where somebody points, also while the past is played. */
  to(state: State): void {
    this.stop();
    this.traveller.go(state);
  }

  live(): void {
    this.to(goLive(this.traveller.state()));
  }

  pace(pace: Pace): void {
    this.traveller.send({ type: "pace", ...pace });
    this.live();
  }

  private atEngine(direction: 1 | -1): boolean {
    const { moment, clock } = this.traveller.state();
    return direction === 1 && moment === "live" && clock.pace === "step";
  }

  /** Beyond the newest event it is the engine that must step. */
  private move(next: State | "end", by: "stage" | "packet"): void {
    if (next !== "end") {
      this.traveller.go(next);
      return;
    }
    const state = this.traveller.state();
    this.traveller.go(goLive(state));
    if (state.clock.pace === "step") {
      this.traveller.send({ type: "step", by });
    }
  }

  private stand(sequence: number): void {
    const state = this.traveller.state();
    const last = state.packets.last()?.sequence ?? 0;
    this.traveller.go(sequence >= last ? goLive(state) : { ...state, selected: undefined, moment: { sequence } });
  }

  private play(): void {
    const { packets, moment, clock } = this.traveller.state();
    if (moment === "live") {
      return;
    }
    const at = packets.indexAt(moment.sequence);
    const next = packets.events[at + 1];
    if (!next) {
      this.live();
      return;
    }
    const factor = clock.pace === "step" ? STEP_FACTOR : clock.pace === "slow" ? (clock.factor ?? 1) : 1;
    const passed = ((next.time - (packets.events[at]?.time ?? next.time)) * factor) / 1e6;
    const quickest = QUICKEST.findLast(([f]) => f <= factor)![1];
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.stand(next.sequence);
        this.play();
      },
      Math.min(LONGEST, Math.max(quickest, passed)),
    );
  }

  /** Whether the past was being played. */
  private stop(): boolean {
    const played = this.timer !== undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
    return played;
  }
}

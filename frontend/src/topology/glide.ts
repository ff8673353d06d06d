import { type Drawn, meet, type Room, shared } from "./room";
import type { Point } from "./scene";

/** A moment of a flight: where the packet is, how large its label, and where others have theirs. */
export interface Sample {
  at: Point;
  w: number;
  others: readonly Room[];
}

/** What of the drawing is seen, and how much larger than usual labels must be to be read. */
export interface Seen {
  left: number;
  right: number;
  top: number;
  bottom: number;
  enlarged: number;
}

/** As far as this from its packet a label is sought a place, and so much room is left between it and what it keeps clear of. */
const REACH = 160;
const APART = 3;
/** From the packet to its label: above it, below it, or at its side. */
const LIFT = 9;
const ASIDE = 10;
/** The places of a moment that are looked at further. */
const BEST = 16;
/** What it costs to cover all of one's room, in units of distance from the packet. */
const COST = { others: 4000, words: 1000, boxes: 70, packet: 240 };
/** What it costs to move by a unit, other than with the packet. */
const MOVE = 1.5;
/** A label moves to its next place within twice as many moments and one: faster than its packet, so that words are soon read again. */
const GLIDE = 1;

interface Place extends Point {
  cost: number;
  before: Place | undefined;
}

/**
 * Where a label is while its packet flies: as near to it as may be, where it covers as little as may be of what is written, and not
 * jumping about. Of the places at each moment those are chosen that together cost least (Viterbi's algorithm); between them it glides.
 */
export function glide(drawn: Drawn, samples: readonly Sample[], h: number, seen: Seen): Point[] {
  let last: Place[] = [];
  let at: Point | undefined;
  for (const sample of samples) {
    const places = placesAt(drawn, sample, h, seen).slice(0, BEST);
    for (const place of places) {
      const reached = last.map((from) => ({ from, cost: from.cost + moved(from, at!, place, sample.at) }));
      const best = reached.reduce<(typeof reached)[number] | undefined>((a, b) => (a && a.cost <= b.cost ? a : b), undefined);
      place.cost += best?.cost ?? 0;
      place.before = best?.from;
    }
    last = places;
    at = sample.at;
  }
  const chosen: Place[] = [];
  for (let place = cheapest(last); place; place = place.before) {
    chosen.unshift(place);
  }
  return chosen.map((_, i) => {
    const { at, w } = samples[i]!;
    return within(mean(chosen, i, Math.min(GLIDE, i, chosen.length - 1 - i)), at, w, h, seen);
  });
}

/** Where all of a label is seen, if its packet is. */
function within({ x, y }: Point, at: Point, w: number, h: number, { left, right, top, bottom }: Seen): Point {
  if (at.x < left || at.x > right || at.y < top || at.y > bottom) {
    return { x, y };
  }
  const bound = (value: number, least: number, most: number) => Math.min(Math.max(value, least), Math.max(least, most));
  return { x: bound(x, left + w / 2 + 2, right - w / 2 - 2), y: bound(y, top + h / 2 + 2, bottom - h / 2 - 2) };
}

const cheapest = (places: readonly Place[]) => places.reduce<Place | undefined>((a, b) => (a && a.cost <= b.cost ? a : b), undefined);

/** It may stay where it is, or move as its packet does. */
function moved(from: Point, fromAt: Point, to: Point, toAt: Point): number {
  const [across, down] = [to.x - from.x, to.y - from.y];
  const [packetAcross, packetDown] = [toAt.x - fromAt.x, toAt.y - fromAt.y];
  const still = Math.abs(across) + Math.abs(down);
  const along = Math.abs(across - packetAcross) + Math.abs(down - packetDown);
  return MOVE * Math.min(still, along);
}

function mean(places: readonly Point[], i: number, around: number): Point {
  const some = places.slice(i - around, i + around + 1);
  const sum = some.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / some.length, y: sum.y / some.length };
}

/** Where the label could be, the best first: about the packet, beside what it is in, and just above and below what is written there. */
function placesAt(drawn: Drawn, { at, w, others }: Sample, h: number, seen: Seen): Place[] {
  const reach = REACH * seen.enlarged;
  const lift = LIFT * seen.enlarged + h / 2;
  const area: Room = { ...at, w: 3 * w + 2 * reach, h: 2 * (h + reach) };
  const near = (rooms: readonly Room[]) => rooms.filter((room) => meet(room, area));
  const [words, boxes, labels] = [near(drawn.words), near(drawn.boxes), near(others)];
  const packet: Room = { ...at, w: 12, h: 12 };
  const beside = (room: Room, apart: number) => [room.x + (room.w + w) / 2 + apart, room.x - (room.w + w) / 2 - apart];
  const xs = [at.x, ...beside(packet, ASIDE - 6), ...words.filter((room) => meet(room, packet)).flatMap((room) => beside(room, APART))];
  const places: Place[] = [];
  for (const wanted of xs) {
    const { x } = within({ x: wanted, y: at.y }, at, w, h, seen);
    const over = (rooms: readonly Room[]) => rooms.filter((room) => Math.abs(room.x - x) < (room.w + w) / 2);
    const [overWords, overBoxes, overLabels] = [over(words), over(boxes), over(labels)];
    const ys = new Set([at.y - lift, at.y + lift, at.y]);
    for (const room of [...overWords, ...overLabels]) {
      const away = (room.h + h) / 2 + APART;
      ys.add(room.y - away).add(room.y + away);
    }
    for (const wantedY of ys) {
      const { y } = within({ x, y: wantedY }, at, w, h, seen);
      if (Math.abs(y - at.y) <= Math.max(reach, lift)) {
        const own = { x, y, w, h };
        const covered = (rooms: readonly Room[]) => rooms.reduce((sum, room) => sum + shared(own, room), 0) / (w * h);
        const cost =
          Math.abs(y - at.y) +
          Math.max(0, Math.abs(x - at.x) - w / 2) +
          COST.others * covered(overLabels) +
          COST.words * covered(overWords) +
          COST.boxes * covered(overBoxes) +
          (meet(own, packet) ? COST.packet : 0);
        places.push({ x, y, cost, before: undefined });
      }
    }
  }
  return places.sort((a, b) => a.cost - b.cost);
}

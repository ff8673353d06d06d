interface Place {
  slot: number;
  /** Grows with every place given; of two that claim the same place, the later has it. */
  given: number;
}

/**
 * Remembers which place each thing was given, so that nothing moves when another comes or goes. A place is given anew only when its
 * owner is no more; an owner seen again (looking at an older moment) finds its old place unless that is taken.
 */
export class Slots {
  private readonly groups = new Map<string, Map<string, Place>>();
  private given = 0;

  /** The place of each key within its group, new ones in order of their coming; those for whom there is no room are left out. */
  assign(group: string, keys: readonly string[], room = Number.POSITIVE_INFINITY): Map<string, number> {
    const known = this.groups.get(group) ?? new Map<string, Place>();
    this.groups.set(group, known);
    const takenBy = new Map<number, string>();
    for (const key of keys) {
      const place = known.get(key);
      if (place && place.slot < room && place.given > (known.get(takenBy.get(place.slot) ?? "")?.given ?? -1)) {
        takenBy.set(place.slot, key);
      }
    }
    const places = new Map([...takenBy].map(([slot, key]) => [key, slot]));
    let free = 0;
    for (const key of keys) {
      while (takenBy.has(free)) {
        free++;
      }
      if (!places.has(key) && free < room) {
        takenBy.set(free, key);
        places.set(key, free);
        known.set(key, { slot: free, given: this.given++ });
      }
    }
    return places;
  }
}

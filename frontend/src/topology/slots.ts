/**
 * Remembers which place each thing was given, so that nothing moves when another comes or goes. A place is given anew only when its
 * owner is no more; an owner seen again (looking at an older moment) finds its old place.
 */
export class Slots {
  private readonly groups = new Map<string, Map<string, number>>();

  /** The place of each key within its group; `live` are the keys that exist now, new ones in order of their coming. */
  assign(group: string, keys: readonly string[], live: readonly string[] = keys): Map<string, number> {
    const known = this.groups.get(group) ?? new Map<string, number>();
    this.groups.set(group, known);
    const taken = new Set<number>();
    for (const key of [...live, ...keys]) {
      const slot = known.get(key);
      if (slot !== undefined) {
        taken.add(slot);
      }
    }
    for (const key of keys) {
      if (!known.has(key)) {
        let free = 0;
        while (taken.has(free)) {
          free++;
        }
        taken.add(free);
        known.set(key, free);
      }
    }
    return new Map(keys.map((key) => [key, known.get(key)!]));
  }
}

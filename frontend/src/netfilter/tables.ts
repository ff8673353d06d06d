/** GET …/netfilter: a namespace's tables, as they are or were. */
export interface Netfilter {
  machine: string;
  namespace: string;
  tables: RuleTable[];
}

export interface RuleTable {
  name: string;
  chains: RuleChain[];
}

export interface RuleChain {
  name: string;
  /** Empty for a user's chain. */
  policy: string;
  /** What the policy decided. */
  packets: number;
  bytes: number;
  references: number;
  rules: CountedRule[];
}

export interface CountedRule {
  number: number;
  /** Without -A CHAIN. */
  text: string;
  /** Where it leads, if its target is a chain; else empty. */
  chain: string;
  packets: number;
  bytes: number;
}

/** A hook's chain of a table and all that a packet may be led to from it, each once, in the order of the jumps; empty if nobody made it. */
export function chainsFrom(netfilter: Netfilter | undefined, table: string, hook: string): RuleChain[] {
  const chains = netfilter?.tables.find((t) => t.name === table)?.chains ?? [];
  const reached: RuleChain[] = [];
  const reach = (name: string) => {
    const chain = chains.find((c) => c.name === name);
    if (chain && !reached.includes(chain)) {
      reached.push(chain);
      for (const rule of chain.rules) {
        reach(rule.chain);
      }
    }
  };
  reach(hook);
  return reached;
}

/** 1234 → 1.2k, as narrow as a station. */
export function short(count: number): string {
  if (count < 10_000) {
    return String(count);
  }
  return count < 10_000_000 ? `${Math.floor(count / 1000)}k` : `${Math.floor(count / 1_000_000)}M`;
}

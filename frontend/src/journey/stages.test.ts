import { describe, expect, it } from "vitest";
import { Recorder, request, response } from "../../dev/recorder";
import { blocked, web } from "../../dev/scenario";
import { world } from "../../dev/world";
import type { TraceEvent } from "../protocol/messages";
import { Names } from "../state/names";
import { groupStages } from "./stages";

const names = new Names(world(1, 0, [web]));
const END = Number.POSITIVE_INFINITY;

function journey(make: (r: Recorder) => void): TraceEvent[] {
  const recorder = new Recorder();
  make(recorder);
  return recorder.events;
}

describe("the journey", () => {
  const syn = journey((r) => request(r, web, 39528, ["SYN"], 0));
  const groups = groupStages(syn, names, END);
  const rows = groups.flatMap((g) => g.rows);

  it("is grouped by machine, interface and namespace", () => {
    expect(groups.map((g) => `${g.name} ${g.detail}`.trim())).toEqual([
      "client · eth0",
      "LAN switch",
      "host · eth0",
      "host · docker0",
      expect.stringMatching(/^host · veth/),
      "web namespace · eth0",
    ]);
  });

  it("names the chain and the number of the rule that decided", () => {
    const dnat = rows.find((r) => r.event.stage === "NAT_PREROUTING")!;
    expect(dnat.title).toBe("nat PREROUTING → DOCKER, rule 2");
    expect(dnat.code).toMatch(/^-A DOCKER ! -i docker0 .* --to-destination 172\.17\.0\.2:5001$/);
    expect(dnat.diffs).toEqual([{ sign: "▲", kind: "dnat", before: "dst 192.168.1.10:5001", after: "dst 172.17.0.2:5001" }]);
    expect(dnat.passedBy.map((r) => r.failed ?? "matched")).toEqual(["matched", "-i: wanted docker0, was eth0"]);
  });

  it("tells an answer's source as rewritten back", () => {
    const answer = journey((r) => response(r, web, 39528, ["SYN", "ACK"], 0, 1));
    const snat = groupStages(answer, names, END)
      .flatMap((g) => g.rows)
      .find((r) => r.event.stage === "NAT_POSTROUTING")!;
    expect(snat.diffs[0]).toMatchObject({ sign: "▼", before: "src 172.17.0.2:5001", after: "src 192.168.1.10:5001" });
  });

  it("keeps an empty chain quiet", () => {
    expect(rows.filter((r) => r.quiet).map((r) => r.title)).toEqual([
      "mangle PREROUTING",
      "mangle FORWARD",
      "raw PREROUTING",
      "filter INPUT",
    ]);
  });

  it("marks where one stands, and what is still to come", () => {
    const at = syn[9]!.sequence;
    const when = groupStages(syn, names, at).flatMap((g) => g.rows.map((r) => r.when));
    expect(when.filter((w) => w === "now")).toHaveLength(1);
    expect(when.slice(0, 9).every((w) => w === "past")).toBe(true);
    expect(when.slice(10).every((w) => w === "future")).toBe(true);
  });

  it("ends a drop with its reason and what would let it through", () => {
    const dropped = groupStages(
      journey((r) => blocked(r, 40112)),
      names,
      END,
    )
      .flatMap((g) => g.rows)
      .at(-1)!;
    expect([dropped.end, dropped.event.outcome.reason]).toEqual(["dropped", "NETFILTER_DROP"]);
    expect(dropped.event.explanation.wouldLetThrough).toMatch(/DOCKER-USER/);
  });
});

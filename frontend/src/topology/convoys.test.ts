import { describe, expect, it } from "vitest";
import { type Convoy, Convoys } from "./convoys";

describe("packets that wait to set out", () => {
  const packet = (name: string, src: string, dst: string) => ({
    way: () => [],
    line: "plain" as const,
    name,
    traffic: !name.startsWith("ARP"),
    src,
    dst,
    alike: `${name} ${src.split(":")[0]} ${dst.split(":")[0]}`,
  });
  const client = (port: number) => `192.168.1.20:${port}`;
  const WEB = "192.168.1.10:5001";
  const convoysOf = (...packets: ReturnType<typeof packet>[]) => {
    const convoys = new Convoys();
    convoys.add(packets);
    return allOf(convoys);
  };
  const allOf = (convoys: Convoys) => {
    const all: Convoy[] = [];
    for (let next = convoys.next(); next; next = convoys.next()) {
      all.push(next);
    }
    return all;
  };
  const told = (convoys: Convoy[]) => convoys.map(({ first, count }) => `${first.name} ×${count}`);

  it("go as one and are counted if they are alike, in either direction", () => {
    const ping = [0, 1, 2].flatMap(() => [packet("request", "client", "host"), packet("reply", "host", "client")]);
    expect(told(convoysOf(...ping))).toEqual(["request ×3", "reply ×3"]);
  });

  it("of several connections, without the ports in which they differ", () => {
    const [syns] = convoysOf(packet("SYN", client(1), WEB), packet("SYN", client(2), WEB), packet("SYN", client(3), WEB));
    expect(syns).toMatchObject({ count: 3, differ: { src: true, dst: false } });
  });

  it("overtake no other one from the same sender to the same receiver", () => {
    const curl = ["SYN", "ACK", "data", "ACK", "FIN", "ACK"].map((name) => packet(name, client(1), WEB));
    expect(told(convoysOf(...curl))).toEqual(["SYN ×1", "ACK ×1", "data ×1", "ACK ×1", "FIN ×1", "ACK ×1"]);
    const bulk = ["data", "data", "ACK", "data"].map((name) => packet(name, client(1), WEB));
    expect(told(convoysOf(...bulk))).toEqual(["data ×2", "ACK ×1", "data ×1"]);
  });

  it("do not wait behind housekeeping that was there before, but behind their own", () => {
    const convoys = new Convoys();
    convoys.add([packet("data", client(1), WEB), packet("ARP request", "db", "all")]);
    convoys.add([packet("ARP request", "client", "all"), packet("SYN", client(2), WEB)]);
    convoys.add([packet("ARP reply", "db", "host")]);
    expect(told(allOf(convoys))).toEqual(["data ×1", "ARP request ×1", "SYN ×1", "ARP reply ×1"]);
  });

  it("are forgotten, the oldest first, where too many differ", () => {
    const many = convoysOf(...Array.from({ length: 100 }, (_, i) => packet(`${i}`, "a", "b")));
    expect(many.length).toBe(30);
    expect(many.at(-1)!.first.name).toBe("99");
  });
});

// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { keepOptionsWhole, optionsIn } from "./options";

describe("the options of a command", () => {
  const names = (command: string) => optionsIn(command).filter((_, i) => i % 2 === 1);

  it("are known by their hyphens", () => {
    expect(names("iptables -t nat -D DOCKER ! -i docker0 --dport 5001 -j DNAT --to-destination 172.17.0.2:5001")).toEqual([
      "-t",
      "-D",
      "-i",
      "--dport",
      "-j",
      "--to-destination",
    ]);
    expect(names("docker run --name=web -p 5001:5001 my-app | grep -o netns-immutable")).toEqual(["--name", "-p", "-o"]);
    expect(names("ip route")).toEqual([]);
  });

  it("are kept whole, and the command is what it was", () => {
    const lesson = document.createElement("div");
    lesson.innerHTML = "<p><code>docker run -d --name web</code> or <code>ip route</code></p>";
    const before = lesson.textContent;
    keepOptionsWhole(lesson);
    expect([...lesson.querySelectorAll(".option")].map((o) => o.textContent)).toEqual(["-d", "--name"]);
    expect(lesson.textContent).toBe(before);
  });
});

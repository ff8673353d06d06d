// Walks lessons in the running page with their reference solution, as a learner would, and takes pictures of every step, for reading:
// node dev/lessons.mjs URL DIRECTORY [LESSON [WIDTH]]. LESSON is the beginning of a name, such as 03 or challenges/09.
// A step's pictures: its text when all of it is done (tall), and the page as it then is.
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const [url = "http://localhost:8080", directory = "lessons", wanted = "", width = ""] = process.argv.slice(2);
const SOURCES = new URL("../../src/main/resources/lessons/", import.meta.url).pathname;
const SIZES = [
  [1440, 900],
  [390, 844],
].filter(([w]) => `${w}`.startsWith(width));
const TALL = 3200;

/** The steps of a lesson: what is predicted, and what is clicked or typed, in order. */
function stepsOf(file) {
  const parts = readFileSync(`${SOURCES}${file}`, "utf8").split(/^## /m).slice(1);
  return parts.map((part) => {
    const blocks = [...part.matchAll(/^```(run|solution|predict) (\S+)\n([\s\S]*?)^```/gm)].map(([, kind, on, text]) => ({
      kind,
      on,
      text: text.trim(),
    }));
    const answer = (text) => {
      const [, quoted, plain] = /^answer: (?:"(.*)"|(.*))$/m.exec(text);
      return quoted ?? plain;
    };
    return {
      title: part.split("\n")[0].trim(),
      predictions: blocks.filter((b) => b.kind === "predict").map((b) => ({ name: b.on, answer: answer(b.text) })),
      commands: blocks.filter((b) => b.kind !== "predict"),
    };
  });
}

/** Until the terminal shown has its prompt back. */
async function prompted(page) {
  await page.waitForTimeout(250);
  await page.waitForFunction(
    () => {
      const rows = [...document.querySelectorAll(".terminals > .terminal:not([hidden]) .xterm-rows")];
      return rows.some((terminal) =>
        /[#$]\s*$/.test(
          [...terminal.children]
            .map((row) => row.textContent)
            .join("\n")
            .trimEnd(),
        ),
      );
    },
    undefined,
    { polling: 100, timeout: 60_000 },
  );
}

async function predict(open, { name, answer }) {
  const form = open.locator(`form[data-question='${name}']`);
  const radio = form.locator(`input[type=radio][value='${answer}']`);
  (await radio.count()) > 0 ? await radio.check() : await form.locator("input").fill(answer);
  await form.getByText("Predict", { exact: true }).click();
}

async function walk(page, file, [w, h]) {
  const id = file.replace(/^.*\//, "").replace(/\.md$/, "");
  const name = `${file.startsWith("challenges/") ? "c" : ""}${id.slice(0, 2)}`;
  page.on("console", (m) => m.type() === "error" && console.log(name, "console:", m.text()));
  page.on("pageerror", (e) => console.log(name, "error:", e.message));
  const narrow = w < 760;
  const tab = async (of) => narrow && (await page.locator(`.narrow-tabs [data-for=${of}]`).click());
  await page.goto(url);
  await page.locator(`[data-lesson='${id}']`).first().click();
  await page.waitForSelector("li.step.open", { state: "attached", timeout: 60_000 });
  for (const [i, step] of stepsOf(file).entries()) {
    const open = page.locator("li.step.open");
    const shot = `${directory}/${name}-${String(i + 1).padStart(2, "0")}-${w}`;
    await tab("lesson");
    await page.waitForTimeout(200);
    await page.screenshot({ path: `${shot}-a.png` });
    for (const question of step.predictions) {
      await predict(open, question);
    }
    let clicked = 0;
    for (const { kind, on, text } of step.commands) {
      if (kind === "run") {
        await tab("lesson");
        await open.locator(".run button").nth(clicked++).click();
      } else {
        await tab("terminal");
        if ((await page.getByRole("tab", { name: on, exact: true }).count()) === 0) {
          await page.getByRole("button", { name: /open a terminal/i }).click();
          await page
            .getByRole("menuitem", { name: on, exact: true })
            .or(page.locator(".menu button", { hasText: on }))
            .first()
            .click();
        } else {
          await page.getByRole("tab", { name: on, exact: true }).click();
        }
        await prompted(page);
        await page.keyboard.type(text);
        await page.keyboard.press("Enter");
      }
      await prompted(page);
    }
    await page.waitForTimeout(500);
    if (narrow) {
      await page.screenshot({ path: `${shot}-t.png` });
      await tab("topology");
      await page.waitForTimeout(1200);
      await page.screenshot({ path: `${shot}-d.png` });
      await tab("lesson");
    } else {
      await page.waitForTimeout(1200);
      await page.screenshot({ path: `${shot}-d.png` });
    }
    const goals = await open.locator(".goal").count();
    const ticked = await open.locator(".goal.ticked").count();
    const wrong = await open.locator("form.question.wrong").count();
    const unsettled = step.predictions.length - (await open.locator("form.question:is(.right, .wrong)").count());
    if (ticked < goals || wrong + unsettled > 0) {
      console.log(`${name} step ${i + 1} “${step.title}”: ${ticked} of ${goals} goals, ${wrong} wrong, ${unsettled} open`);
    }
    await page.setViewportSize({ width: w, height: TALL });
    await page.waitForTimeout(200);
    await open.screenshot({ path: `${shot}-b.png` });
    await page.setViewportSize({ width: w, height: h });
    await page.waitForTimeout(100);
    const next = open.locator("button.next");
    if ((await next.count()) > 0) {
      await next.click();
    }
  }
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${directory}/${name}-99-${w}-end.png` });
}

mkdirSync(directory, { recursive: true });
const files = [...readdirSync(SOURCES), ...readdirSync(`${SOURCES}challenges`).map((f) => `challenges/${f}`)]
  .filter((f) => f.endsWith(".md") && f.startsWith(wanted))
  .sort();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const file of files) {
  for (const size of SIZES) {
    const page = await browser.newPage({ viewport: { width: size[0], height: size[1] } });
    await walk(page, file, size).catch(async (e) => {
      console.log(file, size[0], e.message);
      await page.screenshot({ path: `${directory}/stuck-${size[0]}.png` });
    });
    await page.close();
  }
}
await browser.close();

interface Steered {
  stage(direction: 1 | -1): void;
  packet(direction: 1 | -1): void;
  live(): void;
  map(): void;
  canvas: { zoomBy(factor: number): void; showAll(): void };
}

/** The keys of the page; whether this was one of them. */
export function press(event: KeyboardEvent, page: Steered): boolean {
  const move = event.shiftKey ? page.packet : page.stage;
  switch (event.key) {
    case " ":
      page.stage(1);
      return true;
    case "ArrowRight":
      move(1);
      return true;
    case "ArrowLeft":
      move(-1);
      return true;
    case "l":
    case "L":
      page.live();
      return true;
    case "n":
    case "N":
      page.map();
      return true;
    case "+":
    case "=":
      page.canvas.zoomBy(1 / 1.25);
      return true;
    case "-":
      page.canvas.zoomBy(1.25);
      return true;
    case "0":
      page.canvas.showAll();
      return true;
    default:
      return false;
  }
}

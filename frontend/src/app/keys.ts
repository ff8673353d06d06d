interface Steered {
  time: { playOrPause(): void; stage(direction: 1 | -1): void; packet(direction: 1 | -1): void; live(): void };
  map: {
    toggle(): void;
    /** Whether it was open. */
    close(): boolean;
  };
  canvas: { zoomBy(factor: number): void; showAll(): void; search(): void };
}

/** The keys of the page; whether this was one of them. */
export function press(event: KeyboardEvent, { time, map, canvas }: Steered): boolean {
  const move = (direction: 1 | -1) => (event.shiftKey ? time.packet(direction) : time.stage(direction));
  switch (event.key) {
    case " ":
      time.playOrPause();
      return true;
    case "ArrowRight":
      move(1);
      return true;
    case "ArrowLeft":
      move(-1);
      return true;
    case "l":
    case "L":
      time.live();
      return true;
    case "n":
    case "N":
      map.toggle();
      return true;
    case "+":
    case "=":
      canvas.zoomBy(1 / 1.25);
      return true;
    case "-":
      canvas.zoomBy(1.25);
      return true;
    case "Escape":
      return map.close();
    case "/":
      map.close(); // it lies over what is looked for
      canvas.search();
      return true;
    case "0":
      canvas.showAll();
      return true;
    default:
      return false;
  }
}

/**
 * xterm.js writes its sizes and colours into style elements, which a content security policy without 'unsafe-inline' leaves without
 * effect. While `open` runs it is given stand-ins that keep the same text in constructable style sheets, which the policy allows.
 */
export function withStyleSheets<T>(open: () => T): T {
  const create = document.createElement;
  document.createElement = ((name: string, options?: ElementCreationOptions) =>
    name.toLowerCase() === "style" ? standIn(create.call(document, "template")) : create.call(document, name, options)) as typeof create;
  try {
    return open();
  } finally {
    document.createElement = create;
  }
}

/**
 * xterm.js writes colours that are not of its palette, those of a selection too, into style attributes, which such a policy leaves without
 * effect as well. What a script sets as properties it allows: so they are set for the spans of which xterm.js makes a screen.
 */
HTMLSpanElement.prototype.setAttribute = function (this: HTMLSpanElement, name: string, value: string): void {
  if (name === "style") {
    this.style.cssText = value;
  } else {
    Element.prototype.setAttribute.call(this, name, value);
  }
};

function standIn(element: HTMLElement): HTMLElement {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const text = {
    get: () => "",
    set: (css: string) => sheet.replaceSync(css),
  };
  Object.defineProperty(element, "textContent", text);
  Object.defineProperty(element, "innerText", text);
  element.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== sheet);
    Element.prototype.remove.call(element);
  };
  return element;
}

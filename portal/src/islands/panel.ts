import { get } from "./timebar";

/** What the visitor chose on the map, told beside it. */
export class Panel {
  private readonly root = get("panel");
  private readonly body = get("panel-body");
  private before: Element | null = null;
  private closed: () => void = () => {};

  constructor() {
    get("panel-close").addEventListener("click", () => this.close());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.root.hidden) this.close();
    });
  }

  onClose(closed: () => void): void {
    this.closed = closed;
  }

  /** The server writes it, the same as on the station's own page. */
  async station(id: string): Promise<void> {
    const answer = await fetch(`/stations/${encodeURIComponent(id)}`, {
      headers: { "HX-Request": "true" },
    });
    if (!answer.ok) return this.show("This station cannot be shown", []);
    this.open();
    this.body.innerHTML = await answer.text();
    this.focus();
    const { histories } = await import("./history");
    histories(this.body);
  }

  show(title: string, rows: [string, string][], link?: { href: string; words: string }): void {
    this.open();
    const heading = document.createElement("h2");
    heading.className = "panel-title";
    heading.tabIndex = -1;
    heading.textContent = title;
    const list = document.createElement("dl");
    list.className = "plain";
    for (const [name, text] of rows) {
      const term = document.createElement("dt");
      term.textContent = name;
      const told = document.createElement("dd");
      told.textContent = text;
      list.append(term, told);
    }
    this.body.replaceChildren(heading, list);
    if (link) {
      const anchor = document.createElement("a");
      anchor.className = "button small";
      anchor.href = link.href;
      anchor.textContent = link.words;
      this.body.append(anchor);
    }
    this.focus();
  }

  private open(): void {
    if (this.root.hidden) this.before = document.activeElement;
    this.root.hidden = false;
  }

  private focus(): void {
    this.root.scrollTop = 0;
    this.body.querySelector<HTMLElement>(".panel-title")?.focus({ preventScroll: true });
  }

  private close(): void {
    this.root.hidden = true;
    this.closed();
    if (this.before instanceof HTMLElement) this.before.focus();
  }
}

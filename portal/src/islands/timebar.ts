import { STEPS } from "./stations";

/** What the bar tells the map. */
export interface Listener {
  live(): void;
  moment(day: string, step: number): void;
}

/** The bar under the map: live, or any quarter of an hour of the days there are; it can play. */
export class Timebar {
  private readonly slider = get<HTMLInputElement>("time");
  private readonly liveButton = get<HTMLButtonElement>("live");
  private readonly playButton = get<HTMLButtonElement>("play");
  private readonly speed = get<HTMLSelectElement>("speed");
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isLive = true;

  constructor(
    private readonly days: string[],
    private readonly listener: Listener,
  ) {
    this.slider.max = String(Math.max(1, days.length * STEPS - 1));
    this.slider.value = this.slider.max;
    this.slider.addEventListener("input", () => {
      this.stop();
      this.goTo(Number(this.slider.value));
    });
    this.liveButton.addEventListener("click", () => this.goLive());
    this.playButton.addEventListener("click", () => (this.timer ? this.stop() : this.play()));
    this.ticks();
    get("timebar").hidden = days.length === 0;
  }

  get live(): boolean {
    return this.isLive;
  }

  /** The clock beside the buttons. */
  show(time: string, day: string): void {
    get("clock-time").textContent = time;
    get("clock-day").textContent = day;
    this.slider.setAttribute("aria-valuetext", `${this.isLive ? "Live, " : ""}${day}, ${time}`);
  }

  private goLive(): void {
    this.stop();
    this.isLive = true;
    this.slider.value = this.slider.max;
    this.liveButton.setAttribute("aria-pressed", "true");
    this.listener.live();
  }

  private goTo(value: number): void {
    this.isLive = false;
    this.liveButton.setAttribute("aria-pressed", "false");
    const step = value % STEPS;
    this.show(timeOf(step), dayWords(this.days[Math.floor(value / STEPS)]));
    this.listener.moment(this.days[Math.floor(value / STEPS)], step);
  }

  private play(): void {
    // From the end it begins with the last day, which is what people mean.
    if (this.slider.value === this.slider.max)
      this.slider.value = String(Math.max(0, (this.days.length - 1) * STEPS));
    this.playButton.setAttribute("aria-pressed", "true");
    this.playButton.setAttribute("aria-label", "Pause");
    const tick = () => {
      const next = Number(this.slider.value) + 1;
      if (next > Number(this.slider.max)) return this.stop();
      this.slider.value = String(next);
      this.goTo(next);
      this.timer = setTimeout(tick, 1000 / Number(this.speed.value));
    };
    this.timer = setTimeout(tick, 0);
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.playButton.setAttribute("aria-pressed", "false");
    this.playButton.setAttribute("aria-label", "Play");
  }

  private ticks(): void {
    const into = get("ticks");
    this.days.forEach((day, i) => {
      const monday = new Date(`${day}T00:00:00Z`).getUTCDay() === 1;
      if (!monday || i === 0) return;
      const tick = document.createElement("span");
      tick.textContent = new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", {
        day: "numeric",
        month: "short",
        timeZone: "UTC",
      });
      const left = (100 * i) / this.days.length;
      tick.style.left = `${left}%`;
      if (left > 94) tick.className = "last";
      into.append(tick);
    });
  }
}

export function timeOf(step: number): string {
  const minutes = step * 15;
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

export function dayWords(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
}

export function get<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
}

import type { Map as MapLibre } from "maplibre-gl";
import { level, LEVELS } from "./colours";
import { Panel } from "./panel";
import { search } from "./search";
import { Days, stations as fetchStations, type Stations } from "./stations";
import { StationLayer } from "./stationlayer";
import { get, Timebar } from "./timebar";

interface Readings {
  version: string;
  changes: [place: number, bikes: number, free: number, seen: number][];
}

/** The page's parts together: what moves, and what the visitor chose. */
class LiveMap {
  private readonly root = get("livemap");
  private readonly zone = this.root.dataset.zone ?? "UTC";
  private readonly panel = new Panel();
  private readonly days: Days;
  private readonly timebar: Timebar;
  private layer: StationLayer | undefined;
  private asked = 0;

  constructor(private stations: Stations) {
    const list = (this.root.dataset.days ?? "").split(" ").filter(Boolean);
    this.days = new Days(list, () => this.stations.ids.length);
    this.timebar = new Timebar(list, {
      live: () => this.showNow(),
      moment: (day, step) => void this.showThen(day, step),
    });
    search(
      () => this.stations,
      (place) => this.choose(place, true),
    );
    this.panel.onClose(() => this.layer?.mark(undefined));
    this.showNow();
    this.follow();
  }

  async draw(map: MapLibre): Promise<void> {
    this.layer = new StationLayer(map, this.stations, (place) => this.choose(place, false));
    const { layers } = await import("./layers");
    layers(map, this.panel, () => this.layer?.mark(undefined));
    this.showNow();
    const wanted = new URLSearchParams(location.search).get("station");
    if (wanted) this.choose(this.stations.ids.indexOf(wanted), true);
  }

  private choose(place: number, fly: boolean): void {
    const id = this.stations.ids[place];
    if (!id) return;
    this.layer?.mark(place, fly);
    void this.panel.station(id);
  }

  private showNow(): void {
    this.asked++;
    const { bikes, free, seen } = this.stations;
    this.show((i) => [bikes[i], free[i]]);
    const latest = seen.reduce((a, b) => Math.max(a, b), 0);
    if (latest > 0) {
      const at = new Date(latest * 1000);
      const words = (options: Intl.DateTimeFormatOptions) =>
        at.toLocaleString("en-GB", { timeZone: this.zone, ...options });
      this.timebar.show(
        words({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
        words({ weekday: "short", day: "numeric", month: "short", year: "numeric" }),
      );
    }
  }

  private async showThen(day: string, step: number): Promise<void> {
    // Only the last thing asked for is shown, however the answers overtake each other.
    const ticket = ++this.asked;
    const then = await this.days.get(day);
    if (ticket !== this.asked) return;
    this.show((i) => [then.bikes(i, step), then.free(i, step)]);
    const next = this.days.list[this.days.list.indexOf(day) + 1];
    if (step > 60 && next) void this.days.get(next);
  }

  private show(reading: (place: number) => [number, number]): void {
    const counts: Record<string, number> = {};
    for (const one of LEVELS) counts[one] = 0;
    for (let i = 0; i < this.stations.ids.length; i++) {
      const [bikes, free] = reading(i);
      const stands = level(bikes, free);
      counts[stands]++;
      this.layer?.set(i, stands);
    }
    get("count-all").textContent = String(this.stations.ids.length);
    get("count-empty").textContent = String(counts.empty);
    get("count-full").textContent = String(counts.full);
    this.root.dataset.shown = String(this.asked);
  }

  /** The server pushes what changes; the browser connects again by itself. */
  private follow(): void {
    const source = new EventSource("/portal/live");
    source.addEventListener("readings", (event) => {
      const readings = JSON.parse((event as MessageEvent<string>).data) as Readings;
      if (readings.version !== this.stations.version) return void this.reload();
      for (const [place, bikes, free, seen] of readings.changes) {
        this.stations.bikes[place] = bikes;
        this.stations.free[place] = free;
        this.stations.seen[place] = seen;
      }
      this.root.dataset.pushed = String(Number(this.root.dataset.pushed ?? 0) + 1);
      if (this.timebar.live) this.showNow();
    });
    addEventListener("pagehide", () => source.close());
  }

  /** Stations came or went: their places in the list are others now. */
  private async reload(): Promise<void> {
    const stations = await fetchStations();
    if (stations.ids.length === 0) return;
    this.stations = stations;
    this.layer?.replace(stations);
    if (this.timebar.live) this.showNow();
  }
}

async function start(): Promise<void> {
  if (!document.getElementById("livemap")) return;
  get("sketch-note").textContent = "Drawing the map …";
  const stations = await fetchStations();
  const page = new LiveMap(stations);
  const { basemap, canDraw } = await import("./basemap");
  if (!canDraw()) {
    get("sketch-note").innerHTML =
      'This browser cannot draw the moving map. <a href="/stations">All stations as a list</a> work without, and so does the search above.';
    return;
  }
  get("map").hidden = false;
  const map = await basemap(get("map"), "Map of bike stations and needs", stations.places);
  map.getCanvas().setAttribute("aria-describedby", "map-help");
  get("sketch").hidden = true;
  await page.draw(map);
  get("map").dataset.ready = "true";
}

start().catch((trouble: unknown) => {
  console.error(trouble);
  const note = document.getElementById("sketch-note");
  if (note)
    note.innerHTML = 'The moving map did not start. <a href="/stations">All stations as a list</a>';
});

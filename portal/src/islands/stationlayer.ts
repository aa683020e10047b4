import type { ExpressionSpecification, GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { colour, LEVELS, onScheme, type Level } from "./colours";
import type { Stations } from "./stations";

/**
 * The stations on the map. How each stands is kept as feature state: a change repaints, nothing is
 * parsed again, so 1,600 stations can change many times a second.
 */
export class StationLayer {
  private stands: Level[] = [];
  private places: number[];

  constructor(
    private readonly map: MapLibre,
    stations: Stations,
    chosen: (place: number) => void,
  ) {
    this.places = stations.places;
    map.addSource("stations", {
      type: "geojson",
      data: points(stations) as never,
      attribution: "Bikes: Taipei open data",
    });
    map.addSource("chosen", { type: "geojson", data: nothing() as never });
    map.addLayer({
      id: "chosen",
      type: "circle",
      source: "chosen",
      paint: { "circle-radius": 15, "circle-opacity": 0, "circle-stroke-width": 3 },
    });
    map.addLayer({ id: "stations", type: "circle", source: "stations" });
    this.paint();
    onScheme(() => this.paint());
    this.listen(chosen);
  }

  set(place: number, stands: Level): void {
    if (this.stands[place] === stands) return;
    this.stands[place] = stands;
    this.map.setFeatureState({ source: "stations", id: place }, { level: LEVELS.indexOf(stands) });
  }

  /** Rings a station; none when undefined. */
  mark(place: number | undefined, fly = false): void {
    const source = this.map.getSource<GeoJSONSource>("chosen");
    if (place === undefined) {
      source?.setData(nothing() as never);
      return;
    }
    const at: [number, number] = [this.places[2 * place], this.places[2 * place + 1]];
    source?.setData({ type: "Point", coordinates: at });
    if (fly) this.map.easeTo({ center: at, zoom: Math.max(this.map.getZoom(), 14.5), duration: 600 });
  }

  replace(stations: Stations): void {
    this.places = stations.places;
    this.stands = [];
    this.map.removeFeatureState({ source: "stations" });
    this.map.getSource<GeoJSONSource>("stations")?.setData(points(stations) as never);
  }

  private listen(chosen: (place: number) => void): void {
    const map = this.map;
    map.on("click", "stations", (event) => {
      const id = event.features?.[0]?.id;
      if (typeof id === "number") {
        event.preventDefault();
        chosen(id);
      }
    });
    map.on("mouseenter", "stations", () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", "stations", () => (map.getCanvas().style.cursor = ""));
    map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key === "Enter") chosen(this.nearest());
    });
  }

  /** The station nearest to the middle of the map, for who moves it with keys. */
  private nearest(): number {
    const { lng, lat } = this.map.getCenter();
    let [best, least] = [-1, Infinity];
    for (let i = 0; i < this.places.length / 2; i++) {
      const far = Math.hypot((this.places[2 * i] - lng) * 0.9, this.places[2 * i + 1] - lat);
      if (far < least) [best, least] = [i, far];
    }
    return best;
  }

  private paint(): void {
    const of = (values: (string | number)[]): ExpressionSpecification => [
      "match",
      ["coalesce", ["feature-state", "level"], 4],
      ...values.slice(0, 4).flatMap((value, i) => [i, value]),
      values[4],
    ] as unknown as ExpressionSpecification;
    const paper = colour("map-district");
    const fills = [paper, colour("lv-few"), colour("lv-ok"), colour("lv-full"), paper];
    const rims = [colour("lv-empty"), paper, paper, paper, colour("lv-unknown")];
    const map = this.map;
    map.setPaintProperty("stations", "circle-color", of(fills));
    map.setPaintProperty("stations", "circle-stroke-color", of(rims));
    map.setPaintProperty("stations", "circle-stroke-width", of([2.25, 0.75, 0.75, 0.75, 1]));
    map.setPaintProperty("stations", "circle-radius", [
      "interpolate",
      ["exponential", 1.6],
      ["zoom"],
      10,
      of([2.4, 2.6, 2.4, 2.6, 1.6]),
      13,
      of([4.6, 5, 4.8, 5, 3.5]),
      17,
      of([10, 11, 11, 11, 8]),
    ] as unknown as ExpressionSpecification);
    map.setPaintProperty("chosen", "circle-stroke-color", colour("ink"));
  }
}

function points(stations: Stations) {
  return {
    type: "FeatureCollection",
    features: stations.ids.map((_, i) => ({
      type: "Feature",
      id: i,
      properties: {},
      geometry: {
        type: "Point",
        coordinates: [stations.places[2 * i], stations.places[2 * i + 1]],
      },
    })),
  };
}

function nothing() {
  return { type: "FeatureCollection", features: [] };
}

import {
  AttributionControl,
  Map as MapLibre,
  Marker,
  NavigationControl,
  setWorkerUrl,
  type LngLatBoundsLike,
  type StyleSpecification,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { colour, onScheme } from "./colours";

setWorkerUrl(workerUrl);

interface Districts {
  type: "FeatureCollection";
  features: {
    type: "Feature";
    properties: { name: string; english: string; middle: [number, number] };
    geometry: { type: string; coordinates: unknown };
  }[];
}

/** Whether this browser can draw the moving map at all. */
export function canDraw(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    return false;
  }
}

/** A map drawn from the city's own districts; no tile of anybody else is fetched. */
export async function basemap(
  into: HTMLElement,
  label: string,
  places: number[] = [],
): Promise<MapLibre> {
  const districts = (await (await fetch("/portal/data/districts")).json()) as Districts;
  const map = new MapLibre({
    container: into,
    style: style(districts),
    bounds: places.length > 0 ? around(places) : bounds(districts),
    fitBoundsOptions: { padding: 24 },
    minZoom: 9,
    maxZoom: 18,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    locale: { "Map.Title": label },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new AttributionControl({ compact: true }), "bottom-right");
  map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
  const names: HTMLElement[] = [];
  for (const district of districts.features) {
    const name = document.createElement("div");
    name.className = "district-label";
    name.textContent = district.properties.name;
    new Marker({ element: name }).setLngLat(district.properties.middle).addTo(map);
    // A name on the map is decoration: the districts are in the list, where they can be chosen.
    name.removeAttribute("role");
    name.removeAttribute("aria-label");
    name.removeAttribute("tabindex");
    name.setAttribute("aria-hidden", "true");
    names.push(name);
  }
  const tidy = () => keepApart(map.getZoom() < NAMES_UNTIL ? names : [], names);
  map.on("zoomend", tidy);
  map.on("resize", tidy);
  tidy();
  await new Promise<void>((done) => map.once("load", () => done()));
  onScheme(() => {
    map.setPaintProperty("outside", "background-color", colour("map-outside"));
    map.setPaintProperty("districts", "fill-color", colour("map-district"));
    map.setPaintProperty("borders", "line-color", colour("map-line"));
  });
  return map;
}

/** Closer than this one is inside a district, and its name would only hide a station. */
const NAMES_UNTIL = 13.5;

/** Shows the wanted names as far as none lies over another, and hides the rest. */
function keepApart(wanted: HTMLElement[], all: HTMLElement[]): void {
  const taken: DOMRect[] = [];
  for (const name of all) name.style.visibility = "hidden";
  for (const name of wanted) {
    const box = name.getBoundingClientRect();
    const free = taken.every(
      (other) =>
        box.right < other.left ||
        box.left > other.right ||
        box.bottom < other.top ||
        box.top > other.bottom,
    );
    if (!free) continue;
    name.style.visibility = "visible";
    taken.push(box);
  }
}

/** Where the stations are, without the mountains around; a stray one does not move the frame. */
function around(places: number[]): LngLatBoundsLike {
  const sorted = (odd: number) => places.filter((_, i) => i % 2 === odd).sort((a, b) => a - b);
  const [x, y] = [sorted(0), sorted(1)];
  const cut = (all: number[], part: number) => all[Math.floor((all.length - 1) * part)];
  return [cut(x, 0.005), cut(y, 0.005), cut(x, 0.995), cut(y, 0.995)];
}

function style(districts: Districts): StyleSpecification {
  return {
    version: 8,
    sources: {
      districts: {
        type: "geojson",
        data: districts as never,
        attribution: "Districts: Taipei open data",
      },
    },
    layers: [
      {
        id: "outside",
        type: "background",
        paint: { "background-color": colour("map-outside") },
      },
      {
        id: "districts",
        type: "fill",
        source: "districts",
        paint: { "fill-color": colour("map-district"), "fill-antialias": true },
      },
      {
        id: "borders",
        type: "line",
        source: "districts",
        paint: { "line-color": colour("map-line"), "line-width": 1.2 },
      },
    ],
  };
}

function bounds(districts: Districts): LngLatBoundsLike {
  let [west, south, east, north] = [180, 90, -180, -90];
  const visit = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    if (typeof part[0] === "number") {
      west = Math.min(west, part[0]);
      east = Math.max(east, part[0]);
      south = Math.min(south, part[1] as number);
      north = Math.max(north, part[1] as number);
    } else part.forEach(visit);
  };
  districts.features.forEach((one) => visit(one.geometry.coordinates));
  return west > east ? [121.45, 24.96, 121.67, 25.22] : [west, south, east, north];
}

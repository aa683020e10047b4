import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { colour, onScheme } from "./colours";
import type { Panel } from "./panel";
import { get } from "./timebar";

interface Told {
  id: string;
  name: string;
  rows?: string;
  href?: string;
}

const HUES = ["brand", "gold", "lv-full", "good", "warm", "ink-soft"];

/** The optional layers: each is fetched when it is first switched on. */
export function layers(map: MapLibre, panel: Panel, chosen: () => void): void {
  const boxes = get("map-layers").querySelectorAll<HTMLInputElement>("input[type=checkbox]");
  boxes.forEach((box, i) => {
    const add = () => {
      if (box.checked) void show(map, box.name, HUES[i % HUES.length], panel, chosen);
      else hide(map, box.name);
    };
    box.addEventListener("change", add);
    add();
  });
}

async function show(map: MapLibre, name: string, hue: string, panel: Panel, chosen: () => void) {
  if (map.getSource(name)) return visible(map, name, true);
  const needs = name === "needs";
  const answer = await fetch(needs ? "/portal/data/needs" : `/portal/data/layers/${name}`);
  if (!answer.ok) return;
  const data = (await answer.json()) as never;
  if (map.getSource<GeoJSONSource>(name)) return;
  map.addSource(name, { type: "geojson", data });
  const below = needs ? undefined : "stations";
  map.addLayer(
    {
      id: `${name}-area`,
      type: "fill",
      source: name,
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-opacity": 0.35 },
    },
    "borders",
  );
  map.addLayer(
    {
      id: `${name}-line`,
      type: "line",
      source: name,
      filter: ["==", ["geometry-type"], "LineString"],
      paint: { "line-width": 2.5 },
    },
    below,
  );
  map.addLayer(
    {
      id: `${name}-point`,
      type: "circle",
      source: name,
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-stroke-width": 2, "circle-radius": needs ? 8 : 5 },
    },
    below,
  );
  const paint = () => {
    const main = colour(needs ? "lv-need" : hue);
    map.setPaintProperty(`${name}-area`, "fill-color", main);
    map.setPaintProperty(`${name}-line`, "line-color", main);
    map.setPaintProperty(`${name}-point`, "circle-color", main);
    map.setPaintProperty(`${name}-point`, "circle-stroke-color", colour("surface"));
  };
  paint();
  onScheme(paint);
  for (const part of ["point", "line", "area"])
    map.on("click", `${name}-${part}`, (event) => {
      if (event.defaultPrevented) return;
      const told = event.features?.[0]?.properties as Told | undefined;
      if (!told) return;
      event.preventDefault();
      chosen();
      const rows = told.rows ? (JSON.parse(told.rows) as [string, string][]) : [];
      panel.show(told.name, rows, told.href ? { href: told.href, words: "Read on" } : undefined);
    });
}

function hide(map: MapLibre, name: string): void {
  if (map.getSource(name)) visible(map, name, false);
}

function visible(map: MapLibre, name: string, is: boolean): void {
  for (const part of ["area", "line", "point"])
    map.setLayoutProperty(`${name}-${part}`, "visibility", is ? "visible" : "none");
}

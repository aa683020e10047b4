import { Marker } from "maplibre-gl";
import { basemap, canDraw } from "./basemap";
import { colour } from "./colours";
import { stations as fetchStations, type Stations } from "./stations";

/** The map on which a need gets its place. Without it the form still has its districts. */
async function start(): Promise<void> {
  const box = document.getElementById("pin-box");
  const into = document.getElementById("pin-map");
  const field = document.getElementById("place") as HTMLInputElement | null;
  const words = document.getElementById("pin-words");
  const clear = document.getElementById("pin-clear");
  if (!box || !into || !field || !words || !clear || !canDraw()) return;
  box.hidden = false;
  const stations = await fetchStations();
  const map = await basemap(into, "Map to set a pin on", stations.places);
  map.getCanvas().setAttribute("aria-describedby", "pin-help");
  orientation(map, stations);

  const element = document.createElement("div");
  element.className = "pin-turn";
  const mark = document.createElement("div");
  mark.className = "pin-mark";
  element.append(mark);
  const marker = new Marker({ element, anchor: "bottom", draggable: true });
  const set = (longitude: number, latitude: number) => {
    marker.setLngLat([longitude, latitude]).addTo(map);
    // It is moved with the pointer or set with Enter; a second thing to focus would say nothing.
    element.removeAttribute("tabindex");
    element.removeAttribute("role");
    element.removeAttribute("aria-label");
    field.value = `${longitude.toFixed(5)},${latitude.toFixed(5)}`;
    words.textContent = describe(stations, longitude, latitude);
    clear.hidden = false;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  map.on("click", (event) => set(event.lngLat.lng, event.lngLat.lat));
  marker.on("dragend", () => set(marker.getLngLat().lng, marker.getLngLat().lat));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    set(map.getCenter().lng, map.getCenter().lat);
  });
  clear.addEventListener("click", () => {
    marker.remove();
    field.value = "";
    words.textContent = "No pin yet.";
    clear.hidden = true;
    map.getCanvas().focus();
  });
  const [longitude, latitude] = field.value.split(",").map(Number);
  if (field.value) set(longitude, latitude);
  into.dataset.ready = "true";
}

/** Stations as small dots: without streets they tell where one is. */
function orientation(map: Awaited<ReturnType<typeof basemap>>, stations: Stations): void {
  map.addSource("stations", {
    type: "geojson",
    data: {
      type: "MultiPoint",
      coordinates: stations.ids.map((_, i) => [stations.places[2 * i], stations.places[2 * i + 1]]),
    },
  });
  map.addLayer({
    id: "stations",
    type: "circle",
    source: "stations",
    paint: {
      "circle-color": colour("map-name"),
      "circle-opacity": 0.55,
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 1.2, 15, 4],
    },
  });
}

function describe(stations: Stations, longitude: number, latitude: number): string {
  let [best, least] = [-1, Infinity];
  for (let i = 0; i < stations.ids.length; i++) {
    const east = (stations.places[2 * i] - longitude) * 101_000;
    const north = (stations.places[2 * i + 1] - latitude) * 111_000;
    const far = Math.hypot(east, north);
    if (far < least) [best, least] = [i, far];
  }
  if (best < 0) return `Pin at ${latitude.toFixed(4)}, ${longitude.toFixed(4)}.`;
  const metres = least < 950 ? `${Math.round(least / 10) * 10} m` : `${(least / 1000).toFixed(1)} km`;
  return `Pin set ${metres} from ${stations.names[best]}, ${stations.districts[best]}.`;
}

start().catch((trouble: unknown) => {
  console.error(trouble);
  const box = document.getElementById("pin-box");
  if (box) box.hidden = true;
});

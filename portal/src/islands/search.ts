import type { Stations } from "./stations";
import { get } from "./timebar";

const MOST = 8;

/** The search over the map: type, arrow down, Enter. A combobox as the ARIA practices have it. */
export function search(stations: () => Stations, chosen: (place: number) => void): void {
  const input = get<HTMLInputElement>("map-q");
  const hits = get("map-hits");
  let found: number[] = [];
  let at = -1;

  const close = () => {
    hits.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (i: number) => {
    close();
    input.value = stations().names[found[i]];
    chosen(found[i]);
  };
  const mark = (i: number) => {
    at = i;
    [...hits.children].forEach((hit, n) => hit.setAttribute("aria-selected", String(n === i)));
    if (i >= 0) input.setAttribute("aria-activedescendant", `hit-${i}`);
  };
  const show = () => {
    const all = stations();
    const words = input.value.trim().toLowerCase();
    found = [];
    for (let i = 0; words && i < all.names.length && found.length < MOST; i++)
      if (all.names[i].toLowerCase().includes(words) || all.districts[i].includes(words))
        found.push(i);
    hits.replaceChildren(
      ...found.map((place, i) => {
        const hit = document.createElement("li");
        hit.id = `hit-${i}`;
        hit.role = "option";
        hit.textContent = all.names[place];
        const where = document.createElement("small");
        where.textContent = all.districts[place];
        hit.append(where);
        hit.addEventListener("mousedown", (event) => {
          event.preventDefault();
          choose(i);
        });
        return hit;
      }),
    );
    hits.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(found.length > 0 ? 0 : -1);
  };

  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (hits.hidden) return;
    if (event.key === "ArrowDown") mark((at + 1) % found.length);
    else if (event.key === "ArrowUp") mark((at + found.length - 1) % found.length);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  get("map-search").addEventListener("submit", (event) => {
    // Without a hit the form goes where it goes without script: to the list.
    if (hits.hidden || at < 0) return;
    event.preventDefault();
    choose(at);
  });
}

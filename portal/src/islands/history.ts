import { axis, chart, text, tooltip } from "./chart";
import { cityTime } from "./clock";
import { colour } from "./colours";

interface History {
  t: number[];
  bikes: number[];
  free: number[];
}

/** Turns every `.history` below an element into a chart of the station it names. */
export function histories(root: ParentNode): void {
  for (const place of root.querySelectorAll<HTMLElement>(".history")) history(place);
}

function history(place: HTMLElement): void {
  const into = place.querySelector<HTMLElement>(".chart");
  const station = place.dataset.station;
  if (!into || !station) return;
  const form = place.querySelector("form");
  let known: History = { t: [], bikes: [], free: [] };
  let redraw: (() => void) | undefined;
  const load = async () => {
    const query = form ? days(form) : "";
    const answer = await fetch(`/portal/data/history/${encodeURIComponent(station)}${query}`);
    if (!answer.ok) {
      into.textContent = "There are no readings for these days.";
      redraw = undefined;
      return;
    }
    known = (await answer.json()) as History;
    if (redraw) redraw();
    else redraw = chart(into, () => options(known));
    into.dataset.readings = String(known.t.length);
  };
  form?.addEventListener("change", () => void load());
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    void load();
  });
  void load();
}

/** The days chosen; the server knows when they begin and end in its city. */
function days(form: HTMLFormElement): string {
  const data = new FormData(form);
  const [from, to] = [String(data.get("from")), String(data.get("to"))].sort();
  return from && to ? `?fromDay=${from}&toDay=${to}` : "";
}

function options(history: History) {
  const series = (name: string, values: number[], hue: string, area: boolean) => ({
    name,
    type: "line" as const,
    step: "end" as const,
    showSymbol: false,
    lineStyle: { width: area ? 2 : 1.25, color: hue, type: area ? ("solid" as const) : ("dashed" as const) },
    itemStyle: { color: hue },
    areaStyle: area ? { color: hue, opacity: 0.14 } : undefined,
    data: history.t.map((second, i) => [cityTime(second), values[i] < 0 ? null : values[i]]),
  });
  return {
    animation: false,
    useUTC: true,
    grid: { left: 34, right: 12, top: 28, bottom: 26 },
    tooltip: tooltip(),
    textStyle: text(),
    xAxis: { type: "time", ...axis(), splitLine: { show: false } },
    yAxis: {
      type: "value",
      minInterval: 1,
      ...axis(),
      name: "— bikes   ┄ free docks",
      nameTextStyle: { ...text(), align: "left", padding: [0, 0, 0, -24] },
    },
    series: [
      series("Bikes", history.bikes, colour("lv-ok"), true),
      series("Free docks", history.free, colour("lv-full"), false),
    ],
  };
}

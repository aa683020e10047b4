import { axis, chart, text, tooltip } from "./chart";
import { colour } from "./colours";

interface DayValue {
  day: string;
  value: number | null;
  control: number | null;
}

interface Chart {
  baseline: DayValue[];
  measured: DayValue[];
}

for (const into of document.querySelectorAll<HTMLElement>(".chart[data-indicator]")) void draw(into);

async function draw(into: HTMLElement): Promise<void> {
  const answer = await fetch(
    `/portal/data/indicators/${encodeURIComponent(into.dataset.indicator ?? "")}`,
  );
  if (!answer.ok) return;
  const days = (await answer.json()) as Chart;
  chart(into, () => options(into, days));
  into.dataset.days = String(days.baseline.length + days.measured.length);
}

function options(into: HTMLElement, { baseline, measured }: Chart) {
  const days = [...baseline, ...measured];
  const mean = Number(into.dataset.baseline);
  const names = [into.dataset.targetName ?? "Pilot", into.dataset.controlName ?? ""];
  const line = (name: string, key: "value" | "control", hue: string, dashed: boolean) => ({
    name,
    type: "line" as const,
    showSymbol: true,
    symbolSize: dashed ? 4 : 7,
    symbol: dashed ? "emptyCircle" : "circle",
    lineStyle: { width: dashed ? 1.5 : 2.5, color: hue, type: dashed ? ("dashed" as const) : ("solid" as const) },
    itemStyle: { color: hue },
    data: days.map((one) => percent(one[key])),
    markArea: dashed
      ? undefined
      : {
          silent: true,
          label: { ...text(), position: "insideTop" as const, fontWeight: 600 as const },
          data: [
            area("Baseline", baseline, colour("ink-faint"), 0.09),
            area("Measurement", measured, colour("lv-ok"), 0.13),
          ].filter((one) => one !== undefined),
        },
    markLine: dashed
      ? undefined
      : {
          silent: true,
          symbol: "none",
          lineStyle: { color: colour("ink"), type: "dotted" as const, width: 1.5 },
          label: { ...text(), formatter: "mean\n{c} %", position: "end" as const },
          data: [{ yAxis: Number((mean * 100).toFixed(1)) }],
        },
  });
  return {
    animation: false,
    grid: { left: 44, right: 56, top: 44, bottom: 28 },
    textStyle: text(),
    tooltip: { ...tooltip(), valueFormatter: (value: unknown) => (value == null ? "–" : `${String(value)} %`) },
    xAxis: {
      type: "category",
      data: days.map((one) => short(one.day)),
      ...axis(),
      splitLine: { show: false },
    },
    yAxis: {
      type: "value",
      ...axis(),
      axisLabel: { ...text(), formatter: "{value} %" },
      name: `{a|●━} ${names[0]}` + (names[1] ? `    {b|○┄} ${names[1]} (control)` : ""),
      nameTextStyle: {
        ...text(),
        align: "left",
        padding: [0, 0, 4, -34],
        rich: {
          a: { color: colour("lv-empty"), fontWeight: 700 },
          b: { color: colour("lv-full"), fontWeight: 700 },
        },
      },
    },
    series: [
      line(names[0], "value", colour("lv-empty"), false),
      ...(names[1] ? [line(names[1], "control", colour("lv-full"), true)] : []),
    ],
  };
}

function area(name: string, days: DayValue[], hue: string, opacity: number) {
  if (days.length === 0) return undefined;
  return [
    { name, xAxis: short(days[0].day), itemStyle: { color: hue, opacity } },
    { xAxis: short(days[days.length - 1].day) },
  ];
}

function percent(share: number | null): number | null {
  return share === null ? null : Number((share * 100).toFixed(2));
}

function short(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
}

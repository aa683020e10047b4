import { LineChart } from "echarts/charts";
import {
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { colour, onScheme } from "./colours";

echarts.use([
  LineChart,
  GridComponent,
  TooltipComponent,
  MarkAreaComponent,
  MarkLineComponent,
  CanvasRenderer,
]);

export type Options = echarts.EChartsCoreOption;

/**
 * A chart in an element, redrawn when the element or the colour scheme changes. Tooltips are drawn on
 * the canvas: as HTML they would need style attributes, which the site's content security forbids.
 */
export function chart(into: HTMLElement, options: () => Options): () => void {
  into.replaceChildren();
  const drawn = echarts.init(into, undefined, { renderer: "canvas" });
  const draw = () => drawn.setOption(options(), true);
  draw();
  new ResizeObserver(() => drawn.resize()).observe(into);
  onScheme(draw);
  return draw;
}

export const text = () => ({
  color: colour("ink-soft"),
  fontFamily: getComputedStyle(document.body).fontFamily,
  fontSize: 12,
});

export const tooltip = () => ({
  trigger: "axis" as const,
  renderMode: "richText" as const,
  confine: true,
  backgroundColor: colour("surface"),
  borderColor: colour("line-strong"),
  textStyle: { ...text(), color: colour("ink") },
});

export const axis = () => ({
  axisLine: { lineStyle: { color: colour("line-strong") } },
  axisTick: { show: false },
  axisLabel: { ...text(), hideOverlap: true },
  splitLine: { lineStyle: { color: colour("line") } },
});

import type { ChartOption } from './echarts'

// How every chart looks. The colours are told apart by people who see fewer of them
// (Okabe and Ito); bars bear patterns and lines differ in dash and mark as well.

/** A Line of values; null is not known. */
export interface Series {
  name: string
  values: (number | null)[]
}

const ink = '#1a2330'
const inkSoft = '#465363'
const line = '#d5dde7'
const palette = ['#0f5ea8', '#e69f00', '#007a5a', '#b8460e', '#7a4b94', '#3c8fc7', '#5c6770']
const dashes = ['solid', 'dashed', 'dotted'] as const
const marks = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle'] as const

// A name that the canvas knows: texts are measured with it.
const fontFamily = "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
const text = { color: ink, fontSize: 13, fontFamily }

/** base is what all charts share: nothing moves, nothing is cut off. */
function base(series: Series[], unit: string): ChartOption {
  return {
    animation: false,
    color: palette,
    textStyle: text,
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    grid: { left: 4, right: 16, top: series.length > 1 ? 40 : 16, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: series.length > 1 ? { top: 0, left: 0, itemWidth: 24, textStyle: text, selectedMode: false } : undefined,
    tooltip: { trigger: 'axis', confine: true, axisPointer: { type: 'shadow' }, textStyle: text, valueFormatter: (value) => (typeof value === 'number' ? `${value}${unit}` : '—') },
  }
}

const axisLabel = { color: inkSoft, fontSize: 13, fontFamily }
const amounts = (unit: string, least = 0) => ({
  type: 'value' as const,
  min: least,
  max: unit === '%' ? 100 : undefined,
  minInterval: 1,
  axisLabel: { ...axisLabel, formatter: `{value}${unit === '%' ? '%' : ''}`, hideOverlap: true },
  splitLine: { lineStyle: { color: line } },
})

/** acrossOption are bars that lie: one line each, its name beside it. */
export function acrossOption(names: string[], series: Series[], unit: string, isStacked = false): ChartOption {
  return {
    ...base(series, unit),
    xAxis: amounts(unit),
    yAxis: { type: 'category', data: names, inverse: true, axisTick: { show: false }, axisLabel },
    series: series.map(({ name, values }) => ({
      type: 'bar',
      name,
      data: values,
      stack: isStacked ? 'all' : undefined,
      barMaxWidth: 22,
      label: { show: !isStacked && series.length === 1, position: 'insideLeft', color: '#fff', textBorderColor: ink, textBorderWidth: 2, formatter: `{c}${unit}` },
    })),
  }
}

/** uprightOption are bars in the order of time. */
export function uprightOption(days: string[], series: Series[], unit: string): ChartOption {
  return {
    ...base(series, unit),
    xAxis: { type: 'category', data: days, axisLabel: { ...axisLabel, hideOverlap: true }, axisTick: { show: false } },
    yAxis: amounts(unit),
    series: series.map(({ name, values }) => ({ type: 'bar', name, data: values, stack: 'all', barMaxWidth: 28 })),
  }
}

/** linesOption are lines over time. The axis of shares begins at the ten below the least, so that changes are seen. */
export function linesOption(days: string[], series: Series[], unit: string): ChartOption {
  const least = Math.min(100, ...series.flatMap(({ values }) => values.filter((value): value is number => value !== null)))
  return {
    ...base(series, unit),
    xAxis: { type: 'category', data: days, boundaryGap: false, axisLabel: { ...axisLabel, hideOverlap: true } },
    yAxis: amounts(unit, unit === '%' ? Math.max(0, Math.floor(least / 10) * 10 - (least === 100 ? 10 : 0)) : 0),
    series: series.map(({ name, values }, i) => ({
      type: 'line',
      name,
      data: values,
      symbol: marks[i % marks.length],
      symbolSize: 7,
      showSymbol: days.length <= 60,
      lineStyle: { type: dashes[i % dashes.length], width: 2 },
    })),
  }
}

/** heatSteps are the classes of a heat map, the worst first: the darker, the worse, whatever colours one sees. */
export const heatSteps = [
  { least: 0, color: '#7f2704', ink: '#fff', label: '不到 40%' },
  { least: 40, color: '#b8460e', ink: '#fff', label: '40%～60%' },
  { least: 60, color: '#f3a35c', ink, label: '60%～80%' },
  { least: 80, color: '#fde3c3', ink, label: '80%～100%' },
  { least: 100, color: '#eaf2fb', ink, label: '100%' },
]

/** heatOption is a map of shares in per cent: rows[y].values[x], null where there is nothing. */
export function heatOption(columns: string[], rows: Series[]): ChartOption {
  const stepOf = (value: number) => heatSteps.filter(({ least }) => value >= least).length - 1
  return {
    ...base([], '%'),
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
    grid: { left: 4, right: 8, top: 36, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: { trigger: 'item', confine: true, textStyle: text, formatter: (one) => tip(one as { value?: unknown }, columns, rows) },
    xAxis: { type: 'category', position: 'top', data: columns, axisTick: { show: false }, axisLine: { show: false }, axisLabel: { ...axisLabel, interval: 0, rotate: 40, margin: 6 } },
    yAxis: { type: 'category', data: rows.map(({ name }) => name), inverse: true, axisTick: { show: false }, axisLine: { show: false }, axisLabel },
    visualMap: {
      type: 'piecewise',
      top: 0,
      left: 0,
      orient: 'horizontal',
      dimension: 2,
      selectedMode: false,
      itemGap: 12,
      textStyle: text,
      pieces: heatSteps.map(({ least, color, label }, i) => ({ gte: least, lt: heatSteps[i + 1]?.least, color, label })),
    },
    series: [
      {
        type: 'heatmap',
        data: rows.flatMap(({ values }, y) => values.flatMap((value, x) => (value === null ? [] : [{ value: [x, y, value], label: { color: heatSteps[stepOf(value)]!.ink } }]))),
        label: { show: true, fontSize: 12, formatter: (one) => (Array.isArray(one.value) ? String(one.value[2]) : '') },
        itemStyle: { borderColor: '#fff', borderWidth: 1 },
      },
    ],
  }
}

function tip(one: { value?: unknown }, columns: string[], rows: Series[]): string {
  const [x, y, value] = one.value as [number, number, number]
  return `${rows[y]!.name}　${columns[x]}：${value}%`
}

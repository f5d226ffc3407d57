import type { SupervisionHeat } from '../../../shared/api/supervision.gen'
import { cell } from '../chart/dataTable'
import { heatOption } from '../chart/options'
import { percent, share } from '../figureWords'
import type { Drawing } from '../overview/overviewCharts'

/** heatDrawing is the map and its table. Every cell of the table opens the school's columns of that day. */
export function heatDrawing({ day, groups, schools }: SupervisionHeat): Drawing & { width: number } {
  const to = (code: string, group?: string) => ({ name: 'supervision-school', params: { code }, query: { day, ...(group && { group }) } })
  const low = schools.filter(({ ratio }) => (percent(ratio) ?? 100) < 60).length
  return {
    says: `${schools.length} 所学校、${groups.length} 类栏目的达标百分比，其中 ${low} 所学校的栏目规范达标率不到 60%`,
    option: heatOption(
      groups.map(({ name }) => name),
      schools.map(({ school, cells }) => ({ name: school.name, values: cells.map((ratio) => whole(percent(ratio))) })),
    ),
    table: {
      head: ['学校', '学段', '达标率', ...groups.map(({ name }) => name)],
      rows: schools.map(({ school, stage, ratio, cells }) => [
        cell(school.name, to(school.code)), cell(stage), cell(share(ratio)),
        ...cells.map((one, x) => (one.whole > 0 ? cell(`${one.part}／${one.whole}`, to(school.code, groups[x]!.code)) : cell(null))),
      ]),
    },
    height: 150 + schools.length * 24,
    width: 240 + groups.length * 46,
  }
}

const whole = (value: number | null) => (value === null ? null : Math.floor(value))

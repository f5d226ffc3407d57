import type { RouteLocationRaw } from 'vue-router'
import { navigation } from '../navigation'
import type { Duty } from '../navigation'
import { tabsOf } from './tabs'

/** Asked is whose records are behind a figure, and since when totals are counted. */
export interface Asked {
  school: string // code; '' is the district
  from: string
  to: string
}

type Where = (ask: Asked) => { name: string; query?: Record<string, string>; params?: Record<string, string> }

const requests = (query: Record<string, string>): Where => ({ school }) => ({ name: 'requests', query: { ...query, school } })
const received: Where = ({ school, from, to }) => ({ name: 'requests', query: { view: 'all', school, from, to } })
const letters = (query: Record<string, string>): Where => ({ school }) => ({ name: 'inquiries', query: { ...query, unit: school } })
const rated: Where = ({ school, from, to }) => ({ name: 'inquiry-overview', query: { school, from, until: to } })
const counted = (figure: string): Where => ({ school, from, to }) => ({ name: 'inquiry-overview', query: { school, from, until: to, figure } })
const orders = (query: Record<string, string>): Where => ({ school }) => ({ name: 'orders', query: { ...query, school } })
const articles = (query: Record<string, string>): Where => () => ({ name: 'articles', query })
const columns: Where = ({ school }) => (school ? { name: 'supervision-school', params: { code: school } } : { name: 'supervision-heat' })
const floods: Where = ({ school }) => ({ name: 'supervision-trend', query: { school } })

const places: Record<string, Where> = {
  ...Object.fromEntries(['mandatory', 'exist', 'filled', 'fresh', 'enough', 'met'].map((part) => [`columns_${part}`, columns])),
  items_public: articles({ state: 'published' }),
  items_published: floods,
  items_timed: floods,
  items_on_time: floods,
  requests_received: received,
  requests_answered: received,
  requests_on_time: received,
  requests_open: requests({}),
  requests_overdue: requests({ level: 'red' }),
  letters_received: counted('received'),
  letters_answered: counted('answered'),
  letters_on_time: counted('answered_in_time'),
  letters_open: letters({}),
  letters_overdue: letters({ trouble: 'overdue' }),
  ratings: rated,
  ratings_satisfied: rated,
  orders_received: orders({ view: 'all' }),
  orders_closed: orders({ view: 'all', state: 'closed' }),
  orders_on_time: orders({ view: 'all', trouble: 'on_time' }),
  orders_open: orders({}),
  orders_overdue: orders({ trouble: 'overdue' }),
  ...Object.fromEntries(['visits_probed', 'visits_failed', 'links_broken', 'attachments_broken', 'links_foreign'].map((name) => [name, (({ school }) => ({ name: 'probes', query: { school } })) as Where])),
  waiting_editor: articles({ stage: 'returned' }),
  waiting_reviewer: articles({ stage: 'reviewing' }),
  waiting_secrecy: articles({ stage: 'secrecy_reviewing' }),
  waiting_principal: articles({ stage: 'second_reviewing' }),
}

/** linkOf leads from a figure to the records behind it; null if the person has no page of them. */
export function linkOf(person: { readonly school: string; readonly duties: readonly Duty[] } | null, figure: string, ask: Asked): RouteLocationRaw | null {
  const place = places[figure]?.(ask)
  if (!place || !person) return null
  // The bureau's list of articles is of all schools: it is not behind the figure of one.
  if (place.name === 'articles' && ask.school !== '' && person.school === '') return null
  // A school has its own page and no code to name.
  if (place.name === 'supervision-school' && person.school !== '') return { name: 'supervision-today' }
  const seen = [...navigation(person), ...tabsOf(person)].map(({ name }) => name)
  if (place.name === 'supervision-school' ? !seen.includes('supervision-heat') : !seen.includes(place.name)) return null
  return { ...place, query: Object.fromEntries(Object.entries(place.query ?? {}).filter(([name, value]) => value !== '' && (person.school === '' || (name !== 'school' && name !== 'unit')))) }
}

// The types of /open/v1, the contract that the pages' JSON follows as well. They
// are generated from pb_hooks/site/openapi.json (npm run types); everybody
// imports them from here.
import type { components } from './open.gen'

type Schemas = components['schemas']

export type Home = Schemas['Home']
export type Figures = Schemas['Figures']
export type DistrictFigures = Schemas['DistrictFigures']
export type Standard = Schemas['Standard']
export type Group = Schemas['Group']
export type Column = Schemas['Column']
export type SchoolList = Schemas['SchoolList']
export type SchoolQuery = Schemas['SchoolQuery']
export type SchoolFacets = Schemas['SchoolFacets']
export type Facet = Schemas['Facet']
export type SchoolItem = Schemas['SchoolItem']
export type SchoolDetail = Schemas['SchoolDetail']
export type Campus = Schemas['Campus']
export type Location = Schemas['Location']
export type SchoolPage = Schemas['SchoolPage']
export type ResponsiblePerson = Schemas['ResponsiblePerson']
export type SchoolRef = Schemas['SchoolRef']
export type ColumnRef = Schemas['ColumnRef']
export type ArticleItem = Schemas['ArticleItem']
export type ColumnPage = Schemas['ColumnPage']
export type Table = Schemas['Table']
export type Article = Schemas['Article']
export type Withdrawal = Schemas['Withdrawal']
export type ArticleList = Schemas['ArticleList']
export type ArticlePage = Schemas['ArticlePage']
export type ArticleLink = Schemas['ArticleLink']
export type Call = Schemas['Call']
export type Event = Schemas['Event']
export type Attachment = Schemas['Attachment']
export type SearchPage = Schemas['SearchPage']
export type SearchQuery = Schemas['SearchQuery']
export type SearchHit = Schemas['SearchHit']
export type Part = Schemas['Part']
export type Question = Schemas['Question']
export type Topic = Schemas['Topic']
export type LetterPage = Schemas['LetterPage']

// District stands in the pages only, not in the open data; see view.go.
export interface District {
  name: string
  site_name: string
  base_url: string
  host: string
  operator: string
  contact: string
  address: string
  icp_number: string
  police_number: string
  site_id_code: string
  demo: boolean
  standard_version: string
  standard_effective_on: string
  privacy_statement: string
  consultation_only: boolean
  answer_days: number
  extend_days: number
}

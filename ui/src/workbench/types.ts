// The collections as the workbench reads them: the generated types, and what
// a generated type cannot say (JSON fields, what PocketBase adds to an answer).
import type { ArticlesRecord, ArticleStepsRecord, ArticleVersionsRecord, AttachmentsRecord, StaffRecord as Staff } from '../shared/api/schema.gen'

export type { Desk, DeskColumn } from '../shared/api/schema.gen'

export type StaffRecord = Pick<Staff, 'id' | 'email' | 'name' | 'school' | 'duties'>
export type ArticleRecord = ArticlesRecord
export type ArticleState = ArticlesRecord['state']
export type StepRecord = ArticleStepsRecord
export type StepAction = ArticleStepsRecord['action']

/** One row of named fields: {"姓名": "…", "职务": "…"}. */
export type FactRow = Record<string, string>

export interface VersionRecord extends Omit<ArticleVersionsRecord, 'facts'> {
  facts: FactRow[] | null
  /** What the server took out of the text; only in the answer to a save. */
  notes?: Note[]
}

export interface Note {
  code: string
  message: string
}

export interface AttachmentRecord extends AttachmentsRecord {
  collectionId: string
  collectionName: string
}

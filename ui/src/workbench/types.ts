// The collections as the workbench reads them: the generated types, and what
// a generated type cannot say (JSON fields, what PocketBase adds to an answer).
import type { ArticlesRecord, ArticleStepsRecord, ArticleVersionsRecord, AttachmentsRecord, FindingsRecord, StaffRecord as Staff } from '../shared/api/schema.gen'

export type { ArticleDesk, Desk, DeskAction, DeskColumn } from '../shared/api/schema.gen'

export type StaffRecord = Pick<Staff, 'id' | 'email' | 'name' | 'school' | 'duties' | 'acts_as'>
export type ArticleRecord = ArticlesRecord
export type ArticleState = ArticlesRecord['state']
export type ArticleStage = ArticlesRecord['stage']
export type FindingRecord = FindingsRecord

/** What a reviewer ticked and decided. */
export interface Check {
  examined: string[] | null
  found: string[] | null
  result: string
  basis: string
}

export interface StepRecord extends Omit<ArticleStepsRecord, 'check'> {
  check: Check | null
}

/** What the scanner sees while somebody writes. */
export type Found = Pick<FindingsRecord, 'class' | 'level' | 'place' | 'sample' | 'hint'> & { can_clean?: boolean }
export type StepAction = ArticleStepsRecord['action']

/** One row of named fields: {"姓名": "…", "职务": "…"}. */
export type FactRow = Record<string, string>

export interface VersionRecord extends Omit<ArticleVersionsRecord, 'facts'> {
  facts: FactRow[] | null
  /** What the server took out of the text; only in the answer to a save. */
  notes?: Note[]
  /** What the scanner sees so far; only in the answer to a save. */
  findings?: Found[]
}

export interface Note {
  code: string
  message: string
}

export interface AttachmentRecord extends AttachmentsRecord {
  collectionId: string
  collectionName: string
}

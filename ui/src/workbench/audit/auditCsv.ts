import type { AuditLogRecord } from '../../shared/api/schema.gen'

/** What a row's hash covers, in the order in which it is hashed, and the hash. */
export const chainFields = ['number', 'at', 'actor', 'actor_name', 'via', 'action', 'collection', 'record', 'detail', 'address', 'previous', 'hash'] as const

/**
 * A spreadsheet runs a cell that begins like a formula. Such a cell gets an
 * apostrophe, as does one that begins with an apostrophe: so whoever verifies
 * takes one away from each that has one, and has what was hashed.
 */
const guarded = (text: string): string => (/^[=+\-@\t\r']/.test(text) ? `'${text}` : text)

const cell = (value: string | number): string => `"${guarded(String(value)).replace(/"/g, '""')}"`

export const csvHead = `\uFEFF${chainFields.join(',')}\r\n` // the mark tells spreadsheets that it is UTF-8

/** csvOf writes rows so that each can be verified by its hash. */
export const csvOf = (rows: readonly AuditLogRecord[]): string => rows.map((row) => `${chainFields.map((field) => cell(row[field])).join(',')}\r\n`).join('')

import { describe, expect, it } from 'vitest'
import { behind, choicesOf, stateOf } from './silenceWords'
import type { KindDefinition, SilenceLine } from '../../../shared/api/silence.gen'

const line = (change: Partial<SilenceLine>): SilenceLine => ({
  id: 'a', school: '晨光小学', school_code: '9', phone: '', kind: 'letters', since: '2026-11-10', count: 1, detail: '', nudged_at: '2026-11-16', task_at: '', ended_at: '', noted: '', noted_by: '',
  noted_at: '', waits: false, ask: [], order: '', ...change,
})
const kinds: KindDefinition[] = ['duty', 'letters'].map((kind) => ({ kind, name: kind, limit: 3, unit: 'workdays', means: '', do: '' }))

describe('a silence', () => {
  it('says how far it has come', () => {
    expect(stateOf(line({}), true).word).toBe('已提醒学校')
    expect(stateOf(line({}), false).word).toBe('请尽快处理')
    expect(stateOf(line({ task_at: '2026-11-23', waits: true }), true).word).toBe('请联系学校')
    expect(stateOf(line({ task_at: '2026-11-23', waits: true }), false).word).toBe('区教育局会联系学校')
    expect(stateOf(line({ task_at: '2026-11-23', noted_at: '2026-11-23' }), true).word).toBe('已联系')
    expect(stateOf(line({ task_at: '2026-11-23', ended_at: '2026-11-24' }), false).word).toBe('已自行结束')
  })

  it('leads to what it counts, where the person sees it', () => {
    expect(behind(line({}), true)?.to).toEqual({ name: 'inquiries', query: { unit: '9' } })
    expect(behind(line({}), false)?.to).toEqual({ name: 'inquiries', query: {} })
    expect(behind(line({ kind: 'duty' }), true)).toBeNull()
    expect(behind(line({ kind: 'duty' }), false)?.to.name).toBe('staff')
    expect(behind(line({ kind: 'noise' }), false)).toBeNull()
  })

  it('is one of the kinds that there are', () => {
    expect(choicesOf(kinds, [line({}), line({ id: 'b' })])).toEqual([{ kind: 'letters', label: 'letters（2）' }])
  })
})

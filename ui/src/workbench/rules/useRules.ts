import { computed, ref } from 'vue'
import { pb } from '../api'
import { fetchGroups } from '../broadcasts/broadcastApi'
import { session } from '../session'
import { dayOf } from '../staff/staffWords'
import { useLoaded } from '../useLoaded'
import { useTask } from '../useTask'
import type { Overrides, ReviewRulesRecord } from '../../shared/api/schema.gen'
import type { Group } from '../../shared/api/open'
import { bodyOf, faultsOf, inOrder } from './ruleWords'
import type { RuleForm } from './ruleWords'

interface Loaded {
  rules: ReviewRulesRecord[]
  groups: Group[]
}

/** useRules lists the review rules, and adds one that holds from a day on. */
export function useRules() {
  const today = dayOf(new Date())
  const isBureau = computed(() => session.staff.value?.school === '')
  const mayAdd = computed(() => isBureau.value && session.holds('supervisor'))
  const collection = pb.collection<ReviewRulesRecord>('review_rules')
  const rules = useLoaded<Loaded>(async () => {
    const [list, groups] = await Promise.all([collection.getFullList(), fetchGroups()])
    return { rules: list.sort(inOrder), groups }
  })
  const overrides = useLoaded<Overrides>(() => pb.send<Overrides>('/api/app/overrides/count', { method: 'GET' }))
  const said = ref('')
  const { pending, problem, run } = useTask()

  async function add(form: RuleForm): Promise<boolean> {
    said.value = ''
    const fields = faultsOf(form, rules.data.value?.rules ?? [], today)
    if (fields.length > 0) {
      problem.value = { status: 400, summary: '请先填写完整', fields }
      return false
    }
    return run(async () => {
      await collection.create(bodyOf(form))
      await rules.load()
      said.value = form.valid_from > today ? `已添加，从 ${form.valid_from} 起生效。` : '已添加，从今天起新提交的信息按新规则审核。'
    })
  }

  if (isBureau.value) void rules.load()
  if (mayAdd.value) void overrides.load()
  return { today, isBureau, mayAdd, rules, overrides, said, problem, pending, add }
}

import { ref, watch } from 'vue'
import type { Ref } from 'vue'
import { pb, standIns } from '../api'
import { useLoaded } from '../useLoaded'
import { useTask } from '../useTask'
import type { StandInsRecord } from '../../shared/api/schema.gen'
import { dayAfter, dayOf } from './staffWords'

export interface StandInForm {
  absent: string
  duty: string
  stand_in: string
  from: string
  until: string
  reason: string
}

/** useStandIns lists who stands in for whom at one place, begins and ends it. */
export function useStandIns(place: Ref<string>, onChanged: () => void) {
  const list = useLoaded<StandInsRecord[]>(() => standIns().getFullList({ filter: pb.filter('school = {:school}', { school: place.value }), sort: '-until,-created' }))
  const { pending, problem, run } = useTask()
  const said = ref('')

  watch(place, () => list.load(), { immediate: true })

  const act = (work: () => Promise<unknown>, done: string): Promise<boolean> =>
    run(async () => {
      said.value = ''
      await work()
      said.value = done
      await list.load()
      onChanged()
    })

  const begin = (form: StandInForm) => act(() => standIns().create({ ...form }), '已设置代理，并通知了代理人。')
  // yesterday is the last day: it holds no more from this moment
  const end = (standIn: StandInsRecord) => act(() => standIns().update(standIn.id, { until: dayAfter(dayOf(new Date()), -1) }), '代理已结束。')

  return { ...list, problem, working: pending, said, begin, end }
}

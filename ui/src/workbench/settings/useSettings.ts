import { computed, ref } from 'vue'
import { session } from '../session'
import { useLoaded } from '../useLoaded'
import { useTask } from '../useTask'
import { fetchSettings } from './settingsApi'
import type { RequestSettings } from '../../shared/api/schema.gen'

/** useSettings shows what the bureau sets for 依申请公开, and changes it. */
export function useSettings() {
  const mayOpen = computed(() => {
    const person = session.staff.value
    return person?.school === '' && person.duties.some((duty) => duty === 'supervisor' || duty === 'admin')
  })
  const settings = useLoaded<RequestSettings>(fetchSettings)
  const said = ref('')
  const { pending, problem, run } = useTask()

  /** change does something, shows everything anew and says what was done. */
  async function change(work: () => Promise<unknown>, done: string | (() => string)): Promise<boolean> {
    said.value = ''
    return run(async () => {
      await work()
      await settings.load()
      said.value = typeof done === 'string' ? done : done()
    })
  }

  /** forget puts away what was said, before something else begins. */
  function forget() {
    said.value = ''
    problem.value = null
  }

  if (mayOpen.value) void settings.load()
  return { mayOpen, settings, said, problem, pending, run, change, forget }
}

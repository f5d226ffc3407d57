import { onScopeDispose } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { session } from '../session'

/**
 * useUnsaved keeps what was written from being lost: it asks before the page is left or closed. Where there is a way to
 * save, that is done before signing out, and when the page goes out of sight: a phone may not come back to it. It gives
 * the question for those who leave in other ways.
 */
export function useUnsaved(isUnsaved: () => boolean, question: string, save?: () => Promise<unknown>): () => boolean {
  const saveNow = async () => isUnsaved() && save?.()
  function onBeforeUnload(event: BeforeUnloadEvent) {
    if (!isUnsaved()) return
    event.preventDefault()
    event.returnValue = '' // older browsers
  }
  const onHidden = () => document.visibilityState === 'hidden' && void saveNow()
  const mayLeave = () => !session.isSignedIn.value || !isUnsaved() || window.confirm(`${question}仍要离开吗？`)

  window.addEventListener('beforeunload', onBeforeUnload)
  document.addEventListener('visibilitychange', onHidden)
  const takeBack = session.beforeSignOut(saveNow)
  onScopeDispose(() => {
    window.removeEventListener('beforeunload', onBeforeUnload)
    document.removeEventListener('visibilitychange', onHidden)
    takeBack()
  })
  onBeforeRouteLeave(mayLeave)
  return mayLeave
}

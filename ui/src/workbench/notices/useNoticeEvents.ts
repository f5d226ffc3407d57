import { onBeforeUnmount, onMounted } from 'vue'
import { pb } from '../api'

const pause = 300 // several events of one step are one refresh

/**
 * useNoticeEvents calls back when the person is told something, while the
 * component is shown. Where no live connection can be kept, coming back to the
 * window calls back too.
 */
export function useNoticeEvents(callback: () => void): void {
  const stops: (() => Promise<void>)[] = []
  let isGone = false
  let timer = 0
  let isConnected = false

  function soon() {
    clearTimeout(timer)
    timer = window.setTimeout(callback, pause)
  }
  const onReturn = () => document.visibilityState === 'visible' && soon()

  async function listen(start: Promise<() => Promise<void>>) {
    const stop = await start
    if (isGone) return stop()
    stops.push(stop)
  }
  const quietly = () => undefined // the client tries again by itself

  onMounted(() => {
    document.addEventListener('visibilitychange', onReturn)
    listen(pb.collection('notifications').subscribe('*', soon)).catch(quietly)
    // events that were missed while the connection was broken
    const again = () => (isConnected ? soon() : (isConnected = true))
    listen(pb.realtime.subscribe('PB_CONNECT', again)).catch(quietly)
  })
  onBeforeUnmount(() => {
    isGone = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onReturn)
    for (const stop of stops) stop().catch(quietly)
  })
}

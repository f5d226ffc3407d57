import { onBeforeUnmount, onMounted } from 'vue'
import { pb } from '../api'

const pause = 300 // several events of one step are one refresh

// One subscription for all who listen: the client loses a second listener that
// comes while it is still connecting.
const callbacks = new Set<() => void>()
let stops: (() => Promise<void>)[] = []
let timer = 0
let running = 0

function soon() {
  clearTimeout(timer)
  timer = window.setTimeout(() => callbacks.forEach((callback) => callback()), pause)
}

const onReturn = () => document.visibilityState === 'visible' && soon()

async function start() {
  const mine = ++running
  const keep = (stop: () => Promise<void>) => (mine === running ? void stops.push(stop) : stop())
  await keep(await pb.collection('notifications').subscribe('*', soon))
  if (mine !== running) return
  await keep(await pb.realtime.subscribe('PB_CONNECT', soon)) // it was broken meanwhile: something may have been missed
}

function stop() {
  running++
  clearTimeout(timer)
  for (const end of stops) end().catch(() => undefined)
  stops = []
}

/**
 * useNoticeEvents calls back when the person is told something, while the
 * component is shown. Where no live connection can be kept, coming back to the
 * window calls back too.
 */
export function useNoticeEvents(callback: () => void): void {
  onMounted(() => {
    callbacks.add(callback)
    if (callbacks.size > 1) return
    document.addEventListener('visibilitychange', onReturn)
    start().catch(() => undefined) // the client tries again by itself
  })
  onBeforeUnmount(() => {
    callbacks.delete(callback)
    if (callbacks.size > 0) return
    document.removeEventListener('visibilitychange', onReturn)
    stop()
  })
}

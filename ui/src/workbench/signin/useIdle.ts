import { computed, onScopeDispose, ref } from 'vue'

interface Options {
  /** After this long without input, in milliseconds. */
  limit: number
  /** The warning comes this long before. */
  warning: number
  onIdle: () => void
}

const inputs = ['pointerdown', 'keydown', 'wheel', 'touchstart', 'input'] as const

/**
 * useIdle counts the time without input. It compares clock times, because a
 * sleeping computer stops timers. Once the warning shows, only stay() counts:
 * moving the mouse over an unattended desk must not keep a session open.
 */
export function useIdle({ limit, warning, onIdle }: Options) {
  const last = ref(Date.now())
  const now = ref(Date.now())
  const secondsLeft = computed(() => Math.max(0, Math.ceil((last.value + limit - now.value) / 1000)))
  const isWarning = computed(() => now.value - last.value >= limit - warning)

  function stay() {
    last.value = now.value = Date.now()
  }
  function seen() {
    if (Date.now() - last.value < limit - warning) last.value = Date.now()
  }
  function check() {
    now.value = Date.now()
    if (now.value - last.value < limit) return
    stop()
    onIdle()
  }
  function stop() {
    clearInterval(timer)
    inputs.forEach((name) => window.removeEventListener(name, seen, true))
    document.removeEventListener('visibilitychange', check)
  }

  inputs.forEach((name) => window.addEventListener(name, seen, { capture: true, passive: true }))
  document.addEventListener('visibilitychange', check)
  const timer = setInterval(check, 1000)
  onScopeDispose(stop)
  return { isWarning, secondsLeft, stay }
}

import { ref, shallowRef } from 'vue'
import type { Component } from 'vue'

// useLazy fetches the code of a part of a page when somebody asks for it, and
// says so when that fails: the line may be down, or a new version was installed.
export function useLazy(load: () => Promise<{ default: Component }>) {
  const part = shallowRef<Component | null>(null)
  const state = ref<'idle' | 'loading' | 'failed'>('idle')

  async function open(): Promise<boolean> {
    state.value = 'loading'
    try {
      part.value = (await load()).default
      state.value = 'idle'
      return true
    } catch {
      state.value = 'failed'
      return false
    }
  }

  return { part, state, open }
}

import { onScopeDispose, readonly, ref } from 'vue'

/** useNarrow tells whether the screen is a phone's. */
export function useNarrow() {
  const media = window.matchMedia('(max-width: 47.99em)')
  const isNarrow = ref(media.matches)
  const follow = () => (isNarrow.value = media.matches)
  media.addEventListener('change', follow)
  onScopeDispose(() => media.removeEventListener('change', follow))
  return readonly(isNarrow)
}

import { onBeforeUnmount, onMounted, ref } from 'vue'
import type { Ref } from 'vue'

/** useNear tells whether an element is in view or a screen away from it. */
export function useNear(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<boolean>> {
  const isNear = ref(false)
  const observer = new IntersectionObserver((entries) => (isNear.value = entries[entries.length - 1]!.isIntersecting), { rootMargin: '100% 0px' })
  onMounted(() => element.value && observer.observe(element.value))
  onBeforeUnmount(() => observer.disconnect())
  return isNear
}

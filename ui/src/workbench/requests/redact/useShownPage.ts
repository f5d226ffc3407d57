import { onBeforeUnmount, onMounted, ref } from 'vue'

/** useShownPage tells which page stands under the bar of tools, and goes to another. */
export function useShownPage(pages: number) {
  const shown = ref(1)
  const below = 200 // px from the top of the window: under the bar of tools, with room
  const titleOf = (page: number) => document.getElementById(`page-${page}-title`)
  let waiting = 0

  function look() {
    waiting = 0
    let page = 1
    while (page < pages && (titleOf(page + 1)?.getBoundingClientRect().top ?? Infinity) < below) page++
    shown.value = page
  }
  const onScroll = () => (waiting ||= requestAnimationFrame(look))

  onMounted(() => window.addEventListener('scroll', onScroll, { passive: true }))
  onBeforeUnmount(() => {
    window.removeEventListener('scroll', onScroll)
    cancelAnimationFrame(waiting)
  })

  function jump(page: number) {
    document.getElementById(`page-${page}`)?.scrollIntoView()
    titleOf(page)?.focus({ preventScroll: true })
  }

  return { shown, jump }
}

import { ref } from 'vue'
import type { Ref } from 'vue'

/** useCopy copies what a field shows; without a clipboard (no https) the text is at least selected. */
export function useCopy(field: Readonly<Ref<HTMLInputElement | HTMLTextAreaElement | null>>) {
  const isCopied = ref(false)

  async function copy() {
    isCopied.value = false
    try {
      await navigator.clipboard.writeText(field.value?.value ?? '')
      isCopied.value = true
    } catch {
      field.value?.focus()
      field.value?.select()
    }
  }

  return { isCopied, copy }
}

import { onBeforeUnmount, ref } from 'vue'

// useSpeech reads text aloud (朗读) where the device can. Long texts go in
// sentences, because phones drop long ones; pausing stops the sentence and
// goes on from its beginning, because Android cannot pause.
export function useSpeech(text: () => string) {
  const state = ref<'idle' | 'speaking' | 'paused'>('idle')
  const message = ref('')
  let pieces: string[] = []
  let next = 0
  let round = 0 // tells late events of what was cancelled

  function say(): void {
    const piece = pieces[next]
    if (piece === undefined) return stop()
    const mine = ++round
    const voice = new SpeechSynthesisUtterance(piece)
    voice.lang = 'zh-CN'
    voice.rate = 0.9
    const silent = window.setTimeout(() => mine === round && giveUp(), 4000)
    voice.onstart = () => window.clearTimeout(silent)
    voice.onend = () => {
      window.clearTimeout(silent)
      if (mine !== round) return
      next++
      say()
    }
    voice.onerror = () => {
      window.clearTimeout(silent)
      if (mine === round) giveUp()
    }
    window.speechSynthesis.speak(voice)
  }

  function giveUp(): void {
    stop()
    message.value = '这台设备没有可用的中文朗读。'
  }

  function stop(): void {
    round++
    if (state.value !== 'idle') window.speechSynthesis.cancel()
    state.value = 'idle'
    next = 0
  }

  function toggle(): void {
    message.value = ''
    if (state.value === 'speaking') {
      round++
      window.speechSynthesis.cancel()
      state.value = 'paused'
      return
    }
    if (state.value === 'idle') pieces = sentences(text())
    state.value = 'speaking'
    say()
  }

  onBeforeUnmount(stop)
  return { state, message, toggle, stop }
}

// sentences cuts a text where one would breathe, into pieces of at most about
// a hundred characters.
export function sentences(text: string): string[] {
  const pieces: string[] = []
  for (const line of text.split(/\n+/)) {
    let piece = ''
    for (const part of line.match(/[^。！？；，：]+[。！？；，：]*/g) ?? []) {
      if (piece && piece.length + part.length > 100) {
        pieces.push(piece)
        piece = ''
      }
      piece += part
      if (/[。！？；]$/.test(part)) {
        pieces.push(piece)
        piece = ''
      }
    }
    pieces.push(piece)
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '')
}

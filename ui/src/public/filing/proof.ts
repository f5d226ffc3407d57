import { computed, onBeforeUnmount, ref } from 'vue'
import { getJSON, Problem } from '../../shared/api/get'
import type { Challenge } from './solve'
import Solver from './solve.worker?worker'

// goodFor is how long a solved challenge is used, in milliseconds; the server takes
// it for 20 minutes. Our own clock only measures the time between: it may be wrong.
const goodFor = 15 * 60_000

const words = {
  idle: '',
  working: '正在做防滥用验证，不需要您操作。',
  done: '防滥用验证已完成。',
}

// useProof gets a form its proof of work, in the background and without a question
// to the person. Call start when the form is first touched, and send what payload
// gives as the field proof. Where the server answers with an error at the field
// proof, call renew and send again. message is for role="status".
export function useProof() {
  const state = ref<'idle' | 'working' | 'done' | 'failed'>('idle')
  const progress = ref(0) // from 0 to 1
  const problem = ref('') // why it failed
  const message = computed(() => (state.value === 'failed' ? problem.value : words[state.value]))
  let running = new AbortController()
  let solved: Promise<string> | null = null
  let begunAt = 0

  function isFresh(): boolean {
    const age = Date.now() - begunAt
    return solved !== null && age >= 0 && age < goodFor
  }

  // start begins, unless there is a fresh proof or one on its way.
  function start(): void {
    if (!isFresh()) renew()
  }

  // renew begins again, whatever there is.
  function renew(): void {
    cancel()
    const mine = (running = new AbortController())
    begunAt = Date.now()
    state.value = 'working'
    const work = getJSON<Challenge>('/api/app/challenge', mine.signal).then((challenge) =>
      inWorker(challenge, mine.signal, (share) => (progress.value = share)),
    )
    work.then(
      () => {
        if (!mine.signal.aborted) state.value = 'done'
      },
      (cause: unknown) => {
        if (mine.signal.aborted) return
        solved = null
        state.value = 'failed'
        problem.value = wordsOf(cause)
      },
    )
    solved = work
  }

  // payload waits for a proof that is fresh, beginning where there is none. It
  // throws a Problem, or the AbortError of a cancel; the next call begins again.
  async function payload(): Promise<string> {
    start()
    const text = await solved!
    if (isFresh()) return text
    renew() // the device slept meanwhile
    return solved!
  }

  // cancel stops the work and forgets the proof.
  function cancel(): void {
    running.abort()
    solved = null
    state.value = 'idle'
    progress.value = 0
  }

  onBeforeUnmount(cancel)
  return { state, progress, message, start, renew, payload, cancel }
}

// inWorker solves a challenge beside the page, which stays quick.
function inWorker(challenge: Challenge, signal: AbortSignal, told: (progress: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new DOMException('cancelled', 'AbortError'))
    const worker = new Solver()
    const end = (): void => {
      worker.terminate()
      signal.removeEventListener('abort', stop)
    }
    const stop = (): void => {
      end()
      reject(new DOMException('cancelled', 'AbortError'))
    }
    worker.onmessage = ({ data }: MessageEvent<number | string>) => {
      if (typeof data === 'number') return told(data)
      end()
      resolve(data)
    }
    worker.onerror = () => {
      end()
      reject(new Problem(0, '这个浏览器不能完成防滥用验证，请换一个浏览器，或当面、邮寄提出。'))
    }
    signal.addEventListener('abort', stop)
    worker.postMessage(challenge)
  })
}

function wordsOf(cause: unknown): string {
  if (cause instanceof Problem && cause.status === 429) return '操作太频繁了，请稍等一分钟再提交。'
  if (cause instanceof Problem && cause.detail) return cause.detail
  return '防滥用验证没有完成，请稍后再提交。'
}

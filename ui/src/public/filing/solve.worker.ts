import type { Challenge } from './solve'
import { solve } from './solve'

// The worker solves one challenge: it is sent a challenge, and sends progress
// (a number) and then the payload (a text). What it cannot solve is its error.
self.onmessage = (event: MessageEvent<Challenge>) => {
  self.postMessage(solve(event.data, (progress) => self.postMessage(progress)))
}

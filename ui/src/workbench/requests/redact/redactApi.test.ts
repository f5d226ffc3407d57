import { expect, it } from 'vitest'
import { eachLine } from './redactApi'

it('lines are read as they come, wherever the network cuts them', async () => {
  const bytes = new TextEncoder().encode('{"done":1}\n{"error":"没有做成"}\n{"done":3}')
  for (const size of [1, 2, 7, 100]) {
    const got: string[] = []
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
        controller.close()
      },
    })
    await eachLine(body, (line) => got.push(line))
    expect(got).toEqual(['{"done":1}', '{"error":"没有做成"}', '{"done":3}'])
  }
})

import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import type { CDPSession, Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { docx } from './docx'
import { pdf } from './pdf'
import { call, enter } from './requests'
import { isAccessible, patient, personOf, signIn, sizes } from './workbench'

const secret = 'WANGXIAOMING'
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const threePages = pdf([[`Bidder ${secret}`, 'Bidder KEPT'], [`Phone of ${secret}`], ['Nothing here']])

/** material puts a file into a case over HTTP and gives its id. */
async function material(page: Page, request: string, name: string, mimeType: string, buffer: Buffer): Promise<string> {
  const { token } = await personOf(page, 'clerk1')
  const answer = await page.request.post(`/api/app/requests/${request}/files`, { headers: { Authorization: token }, multipart: { file: { name, mimeType, buffer } } })
  expect(answer.ok(), await answer.text()).toBe(true)
  return ((await answer.json()) as { id: string }).id
}

/** everythingIn is a file as it stands, and what its packed streams hold. */
function everythingIn(file: Buffer): string {
  const parts = [file.toString('latin1')]
  for (let at = file.indexOf('stream\n'); at >= 0; at = file.indexOf('stream\n', at + 7)) {
    try {
      parts.push(inflateSync(file.subarray(at + 7), { finishFlush: 2 }).toString('latin1'))
    } catch {
      // a stream that is packed in another way, or the word "endstream"
    }
  }
  return parts.join('\n')
}

/** spoken is the name of what shows one text and says another after it. */
const spoken = (shown: string, said: string) => new RegExp(`^${shown}\\s*${said}$`)
const sheet = (page: Page, n: number) => page.locator(`#page-${n} .sheet`)
const areas = (page: Page) => page.getByRole('button', { name: /^第 \d+ 页第 \d+ 处：/ })
const drawn = (page: Page, n: number) => patient(page.getByRole('img', { name: `第 ${n} 页的图像` })).toBeVisible()

/** drag draws or moves with the mouse, in fractions of a page. */
async function drag(page: Page, on: Locator, from: [number, number], to: [number, number]) {
  const box = (await on.boundingBox())!
  await page.mouse.move(box.x + from[0] * box.width, box.y + from[1] * box.height)
  await page.mouse.down()
  await page.mouse.move(box.x + to[0] * box.width, box.y + to[1] * box.height, { steps: 4 })
  await page.mouse.up()
}

/** download takes the shown copy home. */
async function download(page: Page): Promise<Buffer> {
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载副本' }).click()
  return readFileSync((await (await waiting).path())!)
}

test('a file is marked with the mouse, made into a copy, checked and taken home without the secret', async ({ page }) => {
  page.on('dialog', (dialog) => dialog.accept()) // a reload asks
  expect(everythingIn(threePages)).toContain(secret)
  const id = await enter(page, `遮盖 ${Date.now()}`)
  await material(page, id, '评分表.pdf', 'application/pdf', threePages)
  await page.setViewportSize(sizes[1]!)
  await signIn(page, 'clerk1', `/workbench/requests/${id}`)
  await page.getByRole('link', { name: spoken('遮盖', '：评分表.pdf') }).click()
  await drawn(page, 1)
  await expect(page.getByRole('button', { name: '生成遮盖后的副本' })).toBeDisabled()
  await isAccessible(page)

  // the line of the secret, drawn from its end to its beginning
  await drag(page, sheet(page, 1), [0.9, 0.115], [0.05, 0.07])
  await expect(areas(page)).toHaveCount(1)
  await expect(areas(page).first()).toBeFocused()
  await drag(page, sheet(page, 1), [0.5, 0.5], [0.5, 0.5]) // a click draws nothing
  await expect(areas(page)).toHaveCount(1)
  await drag(page, areas(page).first(), [0.5, 0.5], [0.5, 4.5])
  await expect(areas(page).first()).toHaveAccessibleName(/离上边 2[45]%/)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(areas(page).first()).toHaveAccessibleName(/离上边 7%/)
  await page.getByRole('button', { name: '重做' }).click()
  await page.keyboard.press('Control+z')
  await expect(areas(page).first()).toHaveAccessibleName(/离上边 7%/)
  await page.getByRole('button', { name: spoken('复制到所有页', '：第 1 页第 1 处') }).click()
  await expect(areas(page)).toHaveCount(3)
  await page.getByRole('button', { name: spoken('删除', '第 3 页第 1 处') }).click()
  await expect(areas(page)).toHaveCount(2)

  await page.reload()
  await drawn(page, 1)
  await expect(areas(page)).toHaveCount(2)
  await page.getByLabel('转到').selectOption('2')
  await drawn(page, 2)
  await expect(page.getByRole('heading', { name: /^第 2 页/, level: 2 }).first()).toBeInViewport()
  await page.getByLabel('显示大小').selectOption('1.5')
  await isAccessible(page)

  await page.getByLabel('副本的名称').fill('评分表公开版')
  await page.getByRole('button', { name: '生成遮盖后的副本' }).click()
  await patient(page.getByRole('heading', { name: '核对遮盖后的副本' })).toBeVisible()
  await expect(page.getByText('请逐页核对；被遮盖的内容已从副本中删除，不能恢复。')).toBeVisible()
  await expect(page.getByText('评分表公开版.pdf共 3 页')).toBeVisible()
  await drawn(page, 1)
  for (const size of sizes) {
    await page.setViewportSize(size)
    await isAccessible(page)
  }
  const copy = await download(page)
  expect(copy.toString('latin1', 0, 5)).toBe('%PDF-')
  expect(everythingIn(copy)).not.toContain(secret)
  expect(everythingIn(copy)).not.toContain('KEPT') // no text at all: pages are pictures

  await page.getByRole('link', { name: '回到申请' }).click()
  await patient(page.getByRole('button', { name: /^评分表公开版\.pdf/ })).toBeVisible()
  await page.getByRole('link', { name: spoken('核对', '：评分表公开版.pdf') }).click()
  await drawn(page, 1)
})

test('keys alone are enough', async ({ page }) => {
  const id = await enter(page, `键盘遮盖 ${Date.now()}`)
  const file = await material(page, id, '名单.pdf', 'application/pdf', threePages)
  await signIn(page, 'clerk1', `/workbench/requests/${id}/redact/${file}`)
  await drawn(page, 1)
  await page.getByRole('button', { name: spoken('在本页添加一处', '：第 1 页') }).press('Enter')
  const area = areas(page).first()
  await expect(area).toBeFocused()
  await expect(area).toHaveAccessibleName('第 1 页第 1 处：中部中间，离左边 30%、离上边 45%，宽 40%、高 5%')
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowUp')
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowLeft')
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowDown')
  for (let i = 0; i < 2; i++) await page.keyboard.press('Shift+ArrowRight')
  await expect(area).toHaveAccessibleName(/离左边 29%、离上边 43%，宽 41%、高 7%/)
  await expect(area).toBeFocused()
  await page.keyboard.press('Control+z') // all presses of one kind
  await expect(area).toHaveAccessibleName(/离左边 29%、离上边 43%，宽 40%、高 5%/)
  await page.keyboard.press('Delete')
  await expect(areas(page)).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(areas(page)).toHaveCount(1)
  const asked = page.waitForEvent('dialog')
  const leaving = page.getByRole('link', { name: /^← 申请/ }).press('Enter')
  const dialog = await asked
  expect(dialog.message()).toContain('仍要离开吗')
  await dialog.dismiss()
  await leaving
  await expect(areas(page)).toHaveCount(1)
  await page.getByRole('button', { name: '生成遮盖后的副本' }).press('Enter')
  await patient(page.getByRole('heading', { name: '核对遮盖后的副本' })).toBeFocused()
})

test.describe('on a phone', () => {
  test.use({ viewport: sizes[0]!, hasTouch: true, isMobile: true })

  /** swipe moves one finger, in fractions of a page. */
  async function swipe(fingers: CDPSession, on: Locator, from: [number, number], to: [number, number]) {
    const box = (await on.boundingBox())!
    const at = ([x, y]: [number, number]) => [{ x: box.x + x * box.width, y: box.y + y * box.height }]
    const halfway: [number, number] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
    await fingers.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(from) })
    for (const point of [halfway, to]) await fingers.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(point) })
    await new Promise((done) => setTimeout(done, 200)) // a finger that rests flings nothing
    await fingers.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(to) })
    await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }

  test('a finger scrolls until it is told to mark', async ({ page, context }) => {
    const id = await enter(page, `手机遮盖 ${Date.now()}`)
    const file = await material(page, id, '名单.pdf', 'application/pdf', threePages)
    await signIn(page, 'clerk1', `/workbench/requests/${id}/redact/${file}`)
    await drawn(page, 1)
    await isAccessible(page)
    await sheet(page, 1).evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 150))
    const fingers = await context.newCDPSession(page)
    const before = await page.evaluate(() => window.scrollY)
    await swipe(fingers, sheet(page, 1), [0.5, 0.6], [0.5, 0.2])
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(before + 50)
    await expect(areas(page)).toHaveCount(0)
    await page.getByRole('button', { name: '框选', exact: true }).tap()
    await expect(page.getByRole('button', { name: '框选', exact: true })).toHaveAttribute('aria-pressed', 'true')
    await sheet(page, 1).evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 150))
    await swipe(fingers, sheet(page, 1), [0.1, 0.2], [0.7, 0.3])
    await expect(areas(page)).toHaveCount(1)
    await expect(areas(page).first()).toHaveAccessibleName(/上部/)
    await swipe(fingers, areas(page).first(), [0.5, 0.5], [0.5, 1.5])
    await expect(areas(page).first()).toHaveAccessibleName(/离上边 (29|30|31)%/)
    await isAccessible(page)
    await page.getByRole('button', { name: /^生成\s*副本：去页面下方$/ }).tap()
    await expect(page.getByRole('heading', { name: '框选的地方' })).toBeInViewport()
    await isAccessible(page)
    await page.getByRole('button', { name: '生成遮盖后的副本' }).tap()
    await patient(page.getByText('请逐页核对')).toBeVisible()
    await isAccessible(page)
  })
})

test('the work can be broken off, and what goes wrong is said', async ({ page }) => {
  page.on('dialog', (dialog) => dialog.accept())
  const id = await enter(page, `遮盖出错 ${Date.now()}`)
  const long = await material(page, id, '长名单.pdf', 'application/pdf', pdf(Array.from({ length: 60 }, (_, i) => [`Page ${i + 1}`])))
  await signIn(page, 'clerk1', `/workbench/requests/${id}/redact/${long}`)
  await drawn(page, 1)
  await page.getByLabel('转到').selectOption('60')
  await drawn(page, 60)
  await expect(page.getByRole('img', { name: '第 30 页的图像' }), 'pages on the way are not fetched').toHaveCount(0)
  await page.getByRole('button', { name: spoken('在本页添加一处', '：第 60 页') }).click()
  await page.getByRole('button', { name: '生成遮盖后的副本' }).click()
  await expect(page.getByRole('progressbar', { name: '生成副本的进度' })).toBeVisible()
  await patient(page.getByText(/已完成 \d+ \/ 60 页/)).toBeVisible()
  await page.getByRole('button', { name: '取消' }).click()
  await expect(page.getByText('已取消，没有做成副本。')).toBeVisible()
  await expect(areas(page)).toHaveCount(1)
  await isAccessible(page)
  expect((await call(page, 'clerk1', 'GET', `/${id}`)).files).toHaveLength(1)

  const fontless = await material(page, id, '缺字体.pdf', 'application/pdf', pdf([['good'], ['<5F204E09>']]))
  await page.goto(`/workbench/requests/${id}/redact/${fontless}`)
  await drawn(page, 1)
  await page.getByLabel('转到').selectOption('2')
  await patient(page.getByRole('alert')).toContainText('第 2 页没有显示：第 2 页有些字显示不出来，因为文件里没有带上字体')
  await page.getByRole('button', { name: spoken('在本页添加一处', '：第 1 页') }).click()
  await page.getByRole('button', { name: '生成遮盖后的副本' }).click()
  await patient(page.getByRole('alert').filter({ hasText: '没有做成副本。' })).toContainText('请用原来的软件重新导出 PDF')
  await isAccessible(page)

  await page.route('**/pages/1?*', (route) => route.fulfill({ status: 500, json: {} }))
  await page.reload()
  await patient(page.getByRole('alert')).toContainText('第 1 页没有显示：服务器暂时出错')
  await isAccessible(page)
  await page.unroute('**/pages/1?*')
  await page.getByRole('button', { name: '重试' }).click()
  await drawn(page, 1)
})

test('files that cannot be redacted, and people who may not, are told so', async ({ page, another }) => {
  const id = await enter(page, `不能遮盖 ${Date.now()}`)
  const text = await material(page, id, '说明.docx', word, docx({ author: '甲', comment: '乙', text: '丙' }))
  const broken = await material(page, id, '坏了.pdf', 'application/pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2000, 'x'), Buffer.from('\n%%EOF\n')]))
  const locked = await material(page, id, '加密.pdf', 'application/pdf', pdf([['locked']], `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> /P -4 >> /ID [<${'00'.repeat(16)}> <${'00'.repeat(16)}>] `))
  const good = await material(page, id, '名单.pdf', 'application/pdf', threePages)
  const goto = (file: string) => page.goto(`/workbench/requests/${id}/redact/${file}`)

  await signIn(page, 'clerk1', `/workbench/requests/${id}/redact/${text}`)
  await patient(page.getByText('这种文件要先转成 PDF。')).toBeVisible()
  await isAccessible(page)
  await goto(broken)
  await patient(page.getByRole('alert')).toContainText('这个 PDF 已损坏，无法打开')
  await isAccessible(page)
  await goto(locked)
  await patient(page.getByRole('alert')).toContainText('设有打开密码')
  await goto('aaaaaaaaaaaaaaa')
  await patient(page.getByText('这件申请里没有这个文件')).toBeVisible()
  await isAccessible(page)

  const officer = await signIn(await another(), 'officer1', `/workbench/requests/${id}/redact/${good}`)
  await patient(officer.getByText('现在不能遮盖。')).toBeVisible()
  await expect(officer.getByRole('button', { name: '生成遮盖后的副本' })).toHaveCount(0)
  await isAccessible(officer)
})

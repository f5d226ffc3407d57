import { deflateSync } from 'node:zlib'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'

// The story of a school secretary, told on the real binary.

const password = 'Demo-2026-gongkai'
const editor1 = 'editor1@demo.example'
const editor2 = 'editor2@demo.example'
const patient = expect.configure({ timeout: 15_000 }) // the first page of a cold machine
const sizes = [{ width: 360, height: 740 }, { width: 1280, height: 900 }]

/** What the browser keeps of a sign-in: sign-ins are limited to ten a minute. */
const kept = new Map<string, string>()

async function signIn(page: Page, email = editor1) {
  const session = kept.get(email)
  if (session) await page.addInitScript((value) => sessionStorage.setItem('gongkai-staff', value), session)
  await page.goto('/workbench/')
  if (!session) {
    await page.getByLabel('邮箱').fill(email)
    await page.getByLabel('密码').fill(password)
    await page.getByRole('button', { name: '登录' }).click()
  }
  await patient(page.getByRole('heading', { name: '我的信息' })).toBeVisible()
  kept.set(email, (await page.evaluate(() => sessionStorage.getItem('gongkai-staff'))) ?? '')
}

/** begin starts an article in a column and stops in the editor. */
async function begin(page: Page, column: string, title: string): Promise<string> {
  await page.goto('/workbench/articles/new')
  await page.getByLabel('按名称查找栏目').fill(column)
  await page.getByRole('button', { name: new RegExp(`在此栏目新建\\s*：${column}$`) }).first().click()
  await page.getByRole('dialog').getByLabel('标题').fill(title)
  await page.getByRole('button', { name: '开始填写' }).click()
  await patient(page.getByRole('heading', { name: '编辑信息' })).toBeVisible()
  return new URL(page.url()).pathname.split('/').pop()!
}

const body = (page: Page) => page.getByRole('textbox', { name: '正文' })
const saved = (page: Page) => expect(page.getByTestId('save-state')).toHaveAttribute('data-state', 'saved')

async function publish(page: Page) {
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('发布后立即对社会公开')
  await page.getByRole('button', { name: '确认发布' }).click()
}

async function isAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('\n')}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), 'no sideways scrolling').toBeLessThanOrEqual(0)
}

test('a wrong password is refused without saying which part was wrong, then one comes back to where one was', async ({ page }) => {
  await page.goto('/workbench/articles/new')
  await page.getByLabel('邮箱').fill(editor1)
  await page.getByLabel('密码').fill('Wrong-2026-password')
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('alert')).toContainText('邮箱或密码不正确')
  await expect(page.getByRole('alert')).toBeFocused()
  await page.getByLabel('密码').fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '新建信息：选择栏目' })).toBeVisible()
  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(page.getByText('您已退出登录')).toBeVisible()
})

test('write, attach, publish: within a second the public sees it everywhere', async ({ page, request }) => {
  const stamp = Date.now().toString(36)
  const title = `秋季运动会安排${stamp}`
  await signIn(page)
  const id = await begin(page, '通知公告', title)
  await expect(page.getByLabel('生成日期')).not.toHaveValue('')
  await expect(page.getByLabel('来源（选填）')).not.toHaveValue('')

  await body(page).click()
  await page.keyboard.type('本校定于十月举行秋季运动会，请各班家长提前安排接送时间，注意天气变化并为学生准备饮用水。')
  await page.getByRole('button', { name: '插入表格（3 行 3 列）' }).click()
  await page.keyboard.type('项目')
  await saved(page)

  await page.getByLabel('选择附件').setInputFiles({ name: '日程表.pdf', mimeType: 'application/pdf', buffer: pdf })
  await expect(page.getByRole('group', { name: '附件' }).getByRole('button', { name: /移除\s*：日程表\.pdf/ })).toBeVisible()

  await page.getByRole('button', { name: '插入图片' }).click()
  await page.getByLabel('选择图片').setInputFiles({ name: '场地图.png', mimeType: 'image/png', buffer: png(64, 48) })
  await page.getByRole('dialog').getByRole('button', { name: /上传并插入正文/ }).click()
  await expect(page.getByRole('dialog')).toContainText('请用一句话说明图片内容')
  await page.getByRole('dialog').getByLabel('图片说明').fill('操场跑道分区示意图')
  await page.getByRole('dialog').getByRole('button', { name: /上传并插入正文/ }).click()
  const image = body(page).getByRole('img', { name: '操场跑道分区示意图' })
  await expect(image).toBeVisible()
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(64)
  await saved(page)

  await publish(page)
  await expect(page.getByText('发布成功，已对社会公开。')).toBeVisible()
  const began = Date.now()
  await expect.poll(async () => await (await request.get(`/a/${id}`)).text(), { intervals: [50] }).toContain(title)
  await expect.poll(async () => await (await request.get('/feed.xml')).text(), { intervals: [50] }).toContain(title)
  await expect.poll(async () => await (await request.get(`/search?q=${encodeURIComponent(title)}`)).text(), { intervals: [50] }).toContain(id)
  expect(Date.now() - began, 'milliseconds until the public sees it').toBeLessThan(1000)

  await page.goto(`/a/${id}`)
  await expect(page.getByRole('img', { name: '操场跑道分区示意图' }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: /日程表/ })).toBeVisible()
})

test('what is missing is said on top and at the fields', async ({ page }) => {
  await signIn(page)
  await begin(page, '学校领导', `领导班子${Date.now()}`)
  await page.getByLabel('生成日期').fill('2099-01-01')
  await page.getByRole('textbox', { name: '标题' }).fill('')
  await publish(page)
  const summary = page.getByRole('alert').filter({ hasText: '处需要修改' })
  await expect(summary).toBeFocused()
  await expect(summary).toContainText('标题：')
  await expect(page.getByLabel('生成日期')).toHaveAccessibleDescription(/不能晚于今天/)
  await summary.getByRole('link', { name: /栏目要素/ }).click()
  await expect(page.getByLabel('姓名')).toBeFocused()

  await page.getByLabel('姓名').fill('张三')
  await page.getByLabel('职务').fill('校长')
  await page.getByLabel('分管工作').fill('主持学校全面工作')
  await page.getByLabel('公务电话').fill('010-00000000')
  await page.getByRole('button', { name: '再加一条' }).click()
  await expect(page.getByRole('group', { name: '第 2 条' }).getByLabel('姓名')).toBeFocused()
  await page.getByRole('textbox', { name: '标题' }).fill('学校领导班子成员')
  await page.getByLabel('生成日期').fill('2026-01-05')
  await publish(page)
  await expect(page.getByText('发布成功')).toBeVisible()
})

test('a published article is changed beside the public one, then withdrawn to a tombstone', async ({ page, request }) => {
  const stamp = Date.now().toString(36)
  await signIn(page)
  const id = await begin(page, '通知公告', `停水通知${stamp}`)
  await body(page).click()
  await page.keyboard.type('因管网检修，教学楼周六停水一天，请提前做好准备。')
  await saved(page)
  await publish(page)
  await expect(page.getByText('发布成功')).toBeVisible()

  await page.getByRole('button', { name: '修改', exact: true }).click()
  await expect(page.getByRole('heading', { name: '修改信息' })).toBeVisible()
  await page.getByRole('textbox', { name: '标题' }).fill(`停水通知（更正）${stamp}`)
  await saved(page)
  expect(await (await request.get(`/a/${id}`)).text()).not.toContain('更正')
  await publish(page)
  await expect(page.getByText('发布成功')).toBeVisible()
  expect(await (await request.get(`/a/${id}`)).text()).toContain('更正')

  await page.getByRole('button', { name: '撤回', exact: true }).click()
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByRole('dialog').getByLabel('撤回原因')).toHaveAccessibleDescription(/请填写撤回原因/)
  await page.getByRole('dialog').getByLabel('撤回原因').fill('检修日期有误，另行通知')
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByRole('dialog')).toContainText('请再次确认撤回')
  await page.getByRole('button', { name: '确认撤回' }).click()
  await expect(page.getByText('已撤回。', { exact: true })).toBeVisible()
  const tombstone = await (await request.get(`/a/${id}`)).text()
  expect(tombstone).toContain('检修日期有误，另行通知')
  expect(tombstone).not.toContain('教学楼周六停水')
  await page.getByText('办理记录和历史版本').click()
  await expect(page.getByText(/我撤回了第 2 版，原因：检修日期有误/)).toBeVisible()
})

test('an article of another school does not exist', async ({ page, browser }) => {
  await signIn(page)
  const id = await begin(page, '通知公告', '只属于第一所学校')
  const other = await (await browser.newContext()).newPage()
  await signIn(other, editor2)
  await other.goto(`/workbench/articles/${id}`)
  await expect(other.getByRole('alert')).toContainText('找不到这条信息')
  await other.goto('/workbench/articles?q=只属于第一所学校')
  await expect(other.getByText('没有符合条件的信息')).toBeVisible()
  await other.context().close()
})

test('a lost network keeps the text here, and sends it when the network is back', async ({ page, context }) => {
  await signIn(page)
  await begin(page, '通知公告', '断网测试')
  await body(page).click()
  await page.keyboard.type('第一句。')
  await saved(page)
  await context.setOffline(true)
  await page.keyboard.type('断网时写的第二句。')
  await expect(page.getByTestId('save-state')).toContainText('内容已暂存在本机')
  await context.setOffline(false)
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await saved(page)
  await page.reload()
  await expect(body(page)).toContainText('断网时写的第二句。')
})

test('two windows: the second writer is asked before anything is lost', async ({ page, browser }) => {
  await signIn(page)
  const id = await begin(page, '通知公告', '两个窗口')
  const second = await (await browser.newContext()).newPage()
  await signIn(second)
  await second.goto(`/workbench/articles/${id}`)
  await second.getByLabel('文号').fill('〔2026〕2号')
  await saved(second)
  await page.getByLabel('文号').fill('〔2026〕1号')
  await expect(page.getByText('这条信息在别处被修改过。')).toBeVisible()
  await page.getByRole('button', { name: '用我的内容覆盖' }).click()
  await saved(page)
  await second.reload()
  await expect(second.getByLabel('文号')).toHaveValue('〔2026〕1号')
  await second.context().close()
})

test('the toolbar is one stop for Tab, arrows move in it, Alt+F10 leads there and Esc back', async ({ page }) => {
  await signIn(page)
  await begin(page, '通知公告', '键盘测试')
  await body(page).click()
  await page.keyboard.type('标题一行')
  await page.keyboard.press('Alt+F10')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('button', { name: '大标题（二级）' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(body(page).getByRole('heading', { name: '标题一行', level: 2 })).toBeVisible()
  await page.keyboard.press('Alt+F10')
  await page.keyboard.press('Escape')
  await expect(body(page)).toBeFocused()
})

for (const viewport of sizes) {
  test(`no accessibility faults at ${viewport.width} px`, async ({ page }) => {
    await page.setViewportSize(viewport)
    await page.goto('/workbench/')
    await expect(page.getByRole('heading', { name: '登录工作台' })).toBeVisible()
    await isAccessible(page)
    await signIn(page)
    await expect(page.getByRole('table')).toBeVisible()
    await isAccessible(page)
    await page.goto('/workbench/articles/new')
    await expect(page.getByRole('button', { name: /在此栏目新建/ }).first()).toBeVisible()
    await isAccessible(page)
    await begin(page, '学校领导', '无障碍检查')
    await isAccessible(page)
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await expect(page.getByRole('dialog')).toContainText('发布后立即对社会公开')
    await expect(page.getByRole('dialog')).toHaveCSS('opacity', '1')
    await page.waitForTimeout(400) // the dialog fades in
    await isAccessible(page)
    await page.getByRole('button', { name: '确认发布' }).click()
    await expect(page.getByText('处需要修改')).toBeVisible()
    await page.waitForTimeout(400)
    await isAccessible(page)
  })
}

const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

/** png draws a plain picture. */
function png(width: number, height: number): Buffer {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x5a)])
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const out = Buffer.alloc(body.length + 8)
    out.writeUInt32BE(data.length, 0)
    body.copy(out, 4)
    out.writeUInt32BE(crc(body), body.length + 4)
    return out
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(Array(height).fill(row)))), chunk('IEND', Buffer.alloc(0))])
}

function crc(data: Buffer): number {
  let c = 0xffffffff
  for (const byte of data) {
    c ^= byte
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
  }
  return (c ^ 0xffffffff) >>> 0
}

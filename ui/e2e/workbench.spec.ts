import { deflateSync } from 'node:zlib'
import { expect, test } from './fixtures'
import { at, begin, body, isAccessible, password, reviewed, saved, signIn, sizes, submit } from './workbench'

// The story of a school secretary, told on the real binary.

test('a wrong password is refused without saying which part was wrong, then one comes back to where one was', async ({ page }) => {
  await page.goto('/workbench/articles/new')
  await page.getByLabel('邮箱').fill(at('editor1'))
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

test('write, attach, submit: with the last review the public sees it everywhere', async ({ page, request }) => {
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

  await submit(page)
  await expect(page.getByText('已提交审核。')).toBeVisible()
  expect((await request.get(`/a/${id}`)).status()).toBe(404)
  await reviewed(page, id)
  for (const [path, words] of [[`/a/${id}`, title], ['/feed.xml', title], [`/search?q=${encodeURIComponent(title)}`, id]] as const)
    expect(await (await request.get(path)).text(), path).toContain(words)

  await page.goto(`/a/${id}`)
  await expect(page.getByRole('img', { name: '操场跑道分区示意图' }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: '日程表.pdf', exact: true })).toBeVisible()
})

test('what is missing is said on top and at the fields', async ({ page }) => {
  await signIn(page)
  await begin(page, '学校领导', `领导班子${Date.now()}`)
  await page.getByLabel('生成日期').fill('2099-01-01')
  await page.getByRole('textbox', { name: '标题' }).fill('')
  await submit(page)
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
  await submit(page)
  await expect(page.getByText('已提交审核。')).toBeVisible()
})

test('a published article is changed beside the public one, then withdrawn to a tombstone', async ({ page, request }) => {
  const stamp = Date.now().toString(36)
  await signIn(page)
  const id = await begin(page, '通知公告', `停水通知${stamp}`)
  await body(page).click()
  await page.keyboard.type('因管网检修，教学楼周六停水一天，请提前做好准备。')
  await saved(page)
  await submit(page)
  await expect(page.getByText('已提交审核。')).toBeVisible()
  await reviewed(page, id)
  await page.reload()

  await page.getByRole('button', { name: '修改', exact: true }).click()
  await expect(page.getByRole('heading', { name: '修改信息' })).toBeVisible()
  await page.getByRole('textbox', { name: '标题' }).fill(`停水通知（更正）${stamp}`)
  await saved(page)
  await submit(page)
  await expect(page.getByText('已提交审核。')).toBeVisible()
  await expect(page.getByText('公众看到的仍是原来的版本')).toBeVisible()
  expect(await (await request.get(`/a/${id}`)).text()).not.toContain('更正')
  await page.getByRole('button', { name: '与公开的版本比较' }).click()
  await expect(page.getByRole('dialog').locator('ins').filter({ hasText: '更正' })).toBeVisible()
  await isAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Close this dialog' }).or(page.getByRole('dialog').getByRole('button', { name: '关闭此对话框' })).first().click()
  await reviewed(page, id)
  expect(await (await request.get(`/a/${id}`)).text()).toContain('更正')

  await page.reload()
  await page.getByText('办理记录和历史版本').click()
  await page.getByRole('button', { name: /恢复为新草稿\s*：第 1 版/ }).click()
  await expect(page.getByRole('textbox', { name: '标题' })).toHaveValue(`停水通知${stamp}`)
  page.once('dialog', (dialog) => dialog.accept())
  await page.getByRole('button', { name: '放弃修改' }).click()
  await expect(page.getByRole('heading', { name: `停水通知（更正）${stamp}` }).first()).toBeVisible()

  page.once('dialog', (dialog) => dialog.accept())
  await page.getByRole('button', { name: '核对确认' }).click()
  await expect(page.getByText('已记下核对时间。')).toBeVisible()

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
  await expect(page.getByText(/（信息编辑员）：撤回，第 2 版，原因：检修日期有误/)).toBeVisible()
})

test('an article of another school does not exist', async ({ page, another }) => {
  await signIn(page)
  const id = await begin(page, '通知公告', '只属于第一所学校')
  const other = await signIn(await another(), 'editor2')
  await other.goto(`/workbench/articles/${id}`)
  await expect(other.getByRole('alert')).toContainText('找不到这条信息')
  await other.goto('/workbench/articles?q=只属于第一所学校')
  await expect(other.getByText('没有符合条件的信息')).toBeVisible()
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

test('two windows: the second writer is asked before anything is lost', async ({ page, another }) => {
  await signIn(page)
  const id = await begin(page, '通知公告', '两个窗口')
  await saved(page) // a new draft dates itself
  const second = await signIn(await another())
  await second.goto(`/workbench/articles/${id}`)
  await second.getByLabel('文号').fill('〔2026〕2号')
  await saved(second)
  await page.getByLabel('文号').fill('〔2026〕1号')
  await expect(page.getByText('这条信息在别处被修改过。')).toBeVisible()
  const notice = page.getByRole('alert').filter({ hasText: '这条信息在别处被修改过' })
  await expect(notice.locator('del').last()).toContainText('2')
  await expect(notice.locator('ins').last()).toContainText('1')
  await page.getByRole('button', { name: '用我的内容覆盖' }).click()
  await saved(page)
  await second.reload()
  await expect(second.getByLabel('文号')).toHaveValue('〔2026〕1号')
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
    await signIn(page, 'editor1', '/workbench/articles')
    await expect(page.getByRole('table')).toBeVisible()
    await isAccessible(page)
    await page.goto('/workbench/articles/new')
    await expect(page.getByRole('button', { name: /在此栏目新建/ }).first()).toBeVisible()
    await isAccessible(page)
    await begin(page, '学校领导', '无障碍检查')
    await isAccessible(page)
    await page.getByRole('button', { name: '提交审核', exact: true }).click()
    await expect(page.getByRole('dialog')).toContainText('每道由不同的人办理')
    await isAccessible(page)
    await page.getByRole('button', { name: '确认提交' }).click()
    await expect(page.getByText('处需要修改')).toBeVisible()
    await isAccessible(page)
  })
}

const pdf = onePage('Schedule of the sports day')

/** onePage writes a page of text as a file that readers can open. */
function onePage(text: string): Buffer {
  const stream = `BT /F1 12 Tf 40 100 Td (${text}) Tj ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  let file = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = file.length
    file += `${index + 1} 0 obj${object}endobj\n`
    return place
  })
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(`${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF\n`)
}

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

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './fixtures'
import { isAccessible, patient, personOf, signIn, sizes } from './workbench'

const row = (id: string, orgName: string, stage: string, tel = '021-00000000', addr = '') => ({ id, orgName, stage, tel, addr })
const list = [
  row('9999990001', '示范区第一小学', '小学', '021-64120001'),
  row('9999990002', '示范区望江初级中学', '初级中学', '021-64120002'),
  row('9999990003', '示范区云帆九年一贯制学校', '九年一贯制'),
  row('9999990004', '示范区松涛高级中学', '高中'),
  row('9999990005', '示范区青禾幼儿园', '幼儿园'),
  row('', '示范区晨光实验小学', '小学', '', '示范区新港镇晨光路234号'), // where 示范区民办晨光小学 is
  row('9999990099', '示范区新桥小学', '小学', '021-64120099'),
]

test('the bureau connects a source, mends its mapping on live rows, and decides on what it would change', async ({ page }) => {
  const register = createServer((_, answer) => answer.setHeader('Content-Type', 'application/json').end(JSON.stringify({ code: 0, data: { total: list.length, list } })))
  await new Promise<void>((ready) => register.listen(0, '127.0.0.1', ready))
  try {
    await signIn(page, 'bureau-admin', '/workbench/registry/sources')
    await patient(page.getByRole('heading', { name: '还没有对接来源' })).toBeVisible()
    await page.getByRole('button', { name: '新建来源' }).click()
    await page.getByRole('button', { name: 'JSON 接口' }).click()
    await page.getByLabel('来源名称').fill('区机构查询平台')
    await page.getByLabel('地址', { exact: true }).fill(`http://127.0.0.1:${(register.address() as AddressInfo).port}/orgs`)
    const tried = page.getByRole('group', { name: '字段对照' })
    const tryIt = () => tried.getByRole('button', { name: '试读' }).click()

    // Every problem is said where it is mended: an address inside an office, where the rows are, a field that stays empty.
    await tryIt()
    await patient(tried.getByText('来源通向内部地址')).toBeVisible()
    await page.getByLabel(/允许访问内网地址/).check()
    await tryIt()
    await patient(tried.getByText('列表可能在')).toBeVisible()
    await tried.getByRole('button', { name: 'data.list' }).click()
    await tryIt()
    await patient(tried.getByText('7 行都是空的').first()).toBeVisible()
    for (const [field, path] of [['学校名称', 'orgName'], ['学校代码', 'id'], ['电话', 'tel'], ['地址', 'addr']]) await tried.getByLabel(`从来源里选${field}`).selectOption(path!)
    for (const field of ['办学性质', '街镇']) await tried.getByRole('button', { name: `不读${field}` }).click()
    await tryIt()
    await patient(tried.getByText('样例 7 行都能读')).toBeVisible()
    await expect(tried.getByRole('strong').getByText('021-64120001').first()).toBeVisible()
    for (const size of sizes) {
      await page.setViewportSize(size)
      await isAccessible(page)
    }
    await page.getByRole('button', { name: '保存' }).click()
    await patient(page.getByText('现在可以预演一次')).toBeVisible()

    // what the bureau has corrected meanwhile is offered to who keeps the list
    const { token } = await personOf(page, 'bureau-admin')
    const corrected = await page.request.post('/api/app/registry/schools/9999990004/corrections', { headers: { Authorization: token }, data: { field: 'phone', value: '021-64120004', reason: '总机换了号码' } })
    expect(corrected.ok(), await corrected.text()).toBe(true)
    await page.getByRole('button', { name: '开始预演' }).click()
    await patient(page.getByRole('navigation', { name: '看哪些变更' })).toContainText('新增 1')
    const offers = page.getByRole('region', { name: '反馈给名单的更正' })
    await expect(offers.getByRole('listitem')).toContainText('示范区松涛高级中学：电话，本地更正为“021-64120004”，名单中是“021-00000000”。总机换了号码')
    await expect(offers.getByRole('listitem')).toContainText(/仍不一致，按本地更正。区机构查询平台（演示）：(等待推送|推送没有成功)，/)
    const line = (name: string) => page.getByRole('article', { name })
    for (const size of sizes) {
      await page.setViewportSize(size)
      await isAccessible(page)
    }
    await expect(line('变更 示范区第一小学')).toContainText('021-64120001')
    await line('变更 示范区第一小学').getByRole('button', { name: '接受', exact: true }).click()
    await patient(line('变更 示范区第一小学')).toContainText('已接受')
    await line('变更 示范区望江初级中学').getByRole('button', { name: '不接受' }).click()
    await patient(line('变更 示范区望江初级中学')).toContainText('不接受')
    await expect(line('新增 示范区新桥小学').getByRole('button', { name: '新增这所学校' })).toBeVisible()
    const unsure = line('待辨认 示范区晨光实验小学')
    await unsure.getByLabel(/是示范区民办晨光小学/).check()
    await unsure.getByRole('button', { name: '确定' }).click()
    await patient(page.getByText('1 项已生效。')).toBeVisible()
    await expect(unsure).toHaveCount(0)

    await page.getByRole('link', { name: '← 变更审核' }).click()
    await patient(page.getByRole('row', { name: /部分处理/ })).toContainText('2 项待处理')
    await isAccessible(page)
    await page.goto('/s/9999990001')
    await patient(page.getByText('021-64120001').first()).toBeVisible()
    await page.goto('/s/9999990002')
    await expect(page.getByText('021-64120002')).toHaveCount(0)
  } finally {
    register.close()
  }
})

// Shaped like the list page of a district: a page inside a page of layout, a line of titles, the number of the row first.
const listPage = (rows: string[][]) =>
  `<!DOCTYPE html><meta charset="utf-8"><title>机构查询</title><table><tr><td><a href="/">首页</a></td><td><table class="tlist">
  <tr><td>序号</td><td>学校名称</td><td>学段</td><td>属地街镇</td><td>等级</td><td>办别</td><td>状态</td></tr>
  ${rows.map((cells, i) => `<tr><td>${i + 1}</td>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table></td></tr></table>`

test('the bureau maps a list page by its titles, accepts in bulk, merges a school, and stops a reading', async ({ page }) => {
  const rows = ['第一小学,小学', '望江初级中学,初中', '云帆九年一贯制学校,九年一贯制', '松涛高级中学,高中', '青禾幼儿园,幼儿园'].map((one, i) => {
    const [name, stage] = one.split(',') as [string, string]
    return [`示范区${name}`, stage, '', '示范校', '公办', i === 4 ? '已合并' : '开办']
  })
  let isSilent = false
  const asked: string[] = []
  const register = createServer((request, answer) => {
    asked.push(request.url ?? '')
    if (!isSilent) answer.setHeader('Content-Type', 'text/html').end(listPage(rows))
  })
  await new Promise<void>((ready) => register.listen(0, '127.0.0.1', ready))
  page.on('dialog', (dialog) => void dialog.accept())
  try {
    await signIn(page, 'bureau-admin', '/workbench/registry/sources/new')
    await page.getByRole('button', { name: '区机构查询平台网页' }).click()
    await page.getByLabel('来源名称').fill('机构查询网页')
    await page.getByLabel('地址', { exact: true }).fill(`http://127.0.0.1:${(register.address() as AddressInfo).port}/school/list.jsp?tm_id=475`)
    await page.getByLabel(/允许访问内网地址/).check()
    await page.getByLabel('翻页方式').selectOption({ label: '一次给出全部' })
    const tried = page.getByRole('group', { name: '字段对照' })
    await page.getByLabel('一行学校的选择器').fill('table.[')
    await tried.getByRole('button', { name: '试读' }).click()
    await patient(page.getByRole('group', { name: '学校在哪里' })).toContainText('不是正确的选择器')
    await page.getByLabel('一行学校的选择器').fill('table.gone tr')
    await tried.getByRole('button', { name: '试读' }).click()
    await tried.getByRole('button', { name: 'table.tlist tr:has(td)' }).click()
    await tried.getByRole('button', { name: '按表头填对照' }).click()
    await patient(tried.getByText('样例 5 行都能读')).toBeVisible()
    await expect(tried.getByRole('strong').getByText('示范区第一小学')).toBeVisible()
    expect(asked.at(-1)).toContain('tm_id=475')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('button', { name: '开始预演' }).click()

    const kinds = page.getByRole('navigation', { name: '看哪些变更' })
    await patient(kinds).toContainText('合并 1')
    await kinds.getByRole('link', { name: /^变更/ }).click()
    await page.getByRole('button', { name: /^接受全部变更/ }).click()
    await patient(page.getByText(/\d+ 项已生效。/)).toBeVisible()
    await kinds.getByRole('link', { name: '合并 1' }).click()
    const merger = page.getByRole('article', { name: '合并 示范区青禾幼儿园' })
    await merger.getByLabel('承接学校').selectOption({ label: '示范区第一小学' })
    await isAccessible(page)
    await merger.getByRole('button', { name: '合并' }).click()
    await patient(merger).toContainText('已接受')

    isSilent = true
    await page.getByRole('link', { name: '← 变更审核' }).click()
    await page.getByLabel('来源').selectOption({ label: '机构查询网页' })
    await page.getByRole('button', { name: '开始预演' }).click()
    await page.getByRole('button', { name: '停止' }).click()
    await patient(page.getByText('这次没有变更集，学校没有改动。')).toBeVisible()
  } finally {
    register.closeAllConnections()
    register.close()
  }
})

import type { Page } from '@playwright/test'
import { fileOne, isFit } from './filing'
import { expect, test } from './fixtures'
import { call, day, draft, step } from './requests'
import { personOf } from './workbench'

// An applicant follows a request on a phone, with number and code.

test.use({ viewport: { width: 360, height: 740 } })

const school = '9999990001'

interface Own {
  number: string
  code: string
}

// filed is a request that was filed online, with its id.
async function filed(page: Page, subject: string): Promise<Own & { id: string }> {
  const own = await fileOne(page, school, subject)
  await page.getByLabel('我已经记下编号和查询码').check() // nothing holds the page any more
  const { items } = (await call(page, 'clerk1', 'GET', `?q=${own.number}`)) as unknown as { items: { id: string }[] }
  return { ...own, id: items[0]!.id }
}

// processing is one that the school works on.
async function processing(page: Page, subject: string): Promise<Own & { id: string }> {
  const own = await filed(page, subject)
  await step(page, 'clerk1', own.id, 'register', { confirmed: day() })
  await step(page, 'clerk1', own.id, 'assign', { party: '总务处' })
  return own
}

async function track(page: Page, { number, code }: Own): Promise<void> {
  await page.goto(`/track?n=${number}`)
  await page.waitForSelector('html[data-ready]')
  await expect(page.getByLabel('编号', { exact: true })).toHaveValue(number)
  await page.getByRole('textbox', { name: '查询码' }).fill(code)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `申请 ${number}` })).toBeFocused()
}

test('a wrong code tells nothing, the right one shows the request, the address stays clean', async ({ page }) => {
  const own = await filed(page, '课后服务的收费标准')
  await page.goto('/track')
  await page.waitForSelector('html[data-ready]')
  await isFit(page)
  await page.getByRole('button', { name: '查询', exact: true }).click()
  await expect(page.getByRole('alert')).toHaveText('请填写编号')
  await expect(page.getByLabel('编号', { exact: true })).toBeFocused()

  for (const [number, code] of [[own.number, 'ABCDEFGH'], ['SQ2020-99999', own.code]]) {
    await page.getByLabel('编号', { exact: true }).fill(number!)
    await page.getByRole('textbox', { name: '查询码' }).fill(code!)
    const answered = page.waitForResponse('**/api/app/track')
    await page.getByRole('button', { name: '查询', exact: true }).click()
    await answered
    await expect(page.getByRole('button', { name: '查询', exact: true })).toBeVisible()
    await expect(page.getByRole('alert')).toHaveText('受理编号或者查询码不正确。')
  }
  await isFit(page)

  await track(page, own)
  await expect(page.getByText('课后服务的收费标准')).toBeVisible()
  await expect(page.locator('.stages-line [aria-current=step]')).toContainText('提交申请')
  await expect(page.getByText(/确认收到申请，没有确认的视为当日收到/)).toBeVisible()
  await isFit(page)
  expect(page.url()).not.toContain(own.code)
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(own.code)
  await page.reload()
  await expect(page.getByRole('textbox', { name: '查询码' })).toHaveValue('') // it was kept in the page only
})

test('who guesses is told when to try again', async ({ page }) => {
  await page.goto('/track')
  await page.waitForSelector('html[data-ready]')
  await page.getByLabel('编号', { exact: true }).fill('SQ2019-00001')
  for (let i = 0; i < 12; i++) {
    await page.getByRole('textbox', { name: '查询码' }).fill(`WRNG000${i % 10}`)
    const answered = page.waitForResponse('**/api/app/track')
    await page.getByRole('button', { name: '查询', exact: true }).click()
    await answered
    await expect(page.getByRole('button', { name: '查询', exact: true })).toBeVisible()
  }
  await expect(page.getByRole('alert')).toHaveText(/输错次数过多，请 \d+ 秒后再试/)
  const seconds = Number(/(\d+) 秒/.exec(await page.getByRole('alert').innerText())![1])
  await new Promise((done) => setTimeout(done, 1000 * (seconds + 1))) // for the tests that follow: the pause is over
})

test('the clock is explained day by day, folded away on a phone', async ({ page }) => {
  const own = await processing(page, '食堂供餐单位的招标结果')
  await track(page, own)
  await expect(page.locator('.stages-line [aria-current=step]')).toContainText('查找办理')
  const clock = page.getByRole('region', { name: '期限是怎样算的' })
  await expect(clock).toContainText('20 个工作日内答复，期限至')
  await expect(clock.locator('.clock-days')).toBeHidden()
  await clock.locator('summary').click()
  await expect(clock.locator('.clock-days li.counted')).toHaveCount(20)
  await expect(clock.locator('.clock-days li.counted').last()).toContainText('第 20 天')
  await isFit(page)
})

test('the school asks for a correction, which is made once', async ({ page }) => {
  const own = await filed(page, '招标')
  await step(page, 'clerk1', own.id, 'register', { confirmed: day() })
  await step(page, 'clerk1', own.id, 'ask_correction', { items: '请写明是哪一学年、哪个项目的招标' })
  await step(page, 'officer1', own.id, 'approve')
  await track(page, own)
  const form = page.getByRole('region', { name: '补正申请' })
  await expect(form).toContainText('请写明是哪一学年、哪个项目的招标')
  await expect(form.getByLabel('需要的信息')).toHaveValue('招标')
  await isFit(page)
  await form.getByLabel('需要的信息').fill('2025 学年食堂供餐项目的招标结果')
  await form.getByRole('button', { name: '提交补正' }).click()
  await expect(page.getByText('补正已提交，答复期限重新计算。').first()).toBeVisible()
  await expect(page.getByText('2025 学年食堂供餐项目的招标结果')).toBeVisible()
  await expect(form).toHaveCount(0)
})

test('a request is withdrawn after a confirmation', async ({ page }) => {
  const own = await processing(page, '校服采购合同')
  await track(page, own)
  await page.getByText('撤回申请', { exact: true }).click()
  await expect(page.getByText('学校不再办理，也不能恢复')).toBeVisible()
  await page.getByRole('button', { name: '确定撤回' }).click()
  await expect(page.getByText('申请已撤回。').first()).toBeVisible()
  await expect(page.locator('.stages-line [aria-current=step]')).toContainText('已撤回')
  await expect(page.getByText('撤回申请', { exact: true })).toHaveCount(0)
})

test('the answer is read, downloaded, rated and complained about', async ({ page }) => {
  const own = await processing(page, '作息时间表')
  await draft(page, own.id, { outcome: '1.1', content: '作息时间表', obtain: '请在工作日到校长办公室领取复印件' })
  const { in_review } = await step(page, 'clerk1', own.id, 'submit_answer')
  const { hash } = in_review!
  await step(page, 'secrecy1', own.id, 'clear', { hash })
  await step(page, 'officer1', own.id, 'endorse', { hash })
  await step(page, 'principal1', own.id, 'sign', { hash })

  await track(page, own)
  await expect(page.locator('.stages-line [aria-current=step]')).toHaveText(/答复/)
  await page.getByRole('button', { name: /^查看 .*答复书/ }).click()
  const frame = page.locator('iframe.letter')
  await expect(frame).toHaveAttribute('sandbox', '')
  await expect(frame.contentFrame().getByText('校长办公室').first()).toBeVisible()
  await isFit(page)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: /^下载 .*答复书/ }).click()
  expect((await downloading).suggestedFilename()).toMatch(/答复书.*\.docx$/)

  await page.getByRole('button', { name: '提交评价' }).click()
  await expect(page.getByRole('alert')).toContainText('请选择一项')
  await page.getByLabel('满意', { exact: true }).check()
  await page.getByRole('button', { name: '提交评价' }).click()
  await expect(page.getByText('评价已提交，谢谢。').first()).toBeVisible()

  await page.getByText('向区教育局申诉', { exact: true }).click()
  await page.getByRole('button', { name: '提出申诉' }).click()
  await expect(page.getByText('请填写申诉的理由和要求')).toBeVisible()
  await page.getByLabel('申诉的理由和要求').fill('答复的内容不完整')
  await page.getByRole('button', { name: '提出申诉' }).click()
  await expect(page.getByText('申诉已提出，处理结果会告知您。').first()).toBeVisible()
  await isFit(page)
})

test('a third party answers by the link of its letter, which leaves the address', async ({ page }) => {
  const own = await processing(page, '供餐单位的投标文件')
  await step(page, 'clerk1', own.id, 'ask_third_party', { party: '甲公司', items: '投标文件的报价' })
  await step(page, 'officer1', own.id, 'approve')
  const { letters } = (await call(page, 'clerk1', 'GET', `/${own.id}`)) as unknown as { letters: { id: string; party: string }[] }
  const { token } = await personOf(page, 'clerk1')
  const letter = letters.find(({ party }) => party === '甲公司')!.id
  const html = await (await page.request.get(`/api/app/requests/${own.id}/letters/${letter}?format=html`, { headers: { Authorization: token } })).text()
  const secret = /\/opinion#([0-9A-Z]+)/.exec(html)![1]!

  await page.goto(`/opinion#${secret}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('请答复是否同意公开')
  await expect(page).toHaveURL(/\/opinion$/)
  await expect(page.getByText('投标文件的报价').first()).toBeVisible()
  await expect(page.getByText(own.number)).toHaveCount(0) // who applied is not theirs to know
  await isFit(page)
  await page.getByLabel('不同意公开').check()
  await page.getByRole('button', { name: '提交意见' }).click()
  await expect(page.getByRole('alert')).toContainText('请写明不同意公开的理由')
  await page.getByLabel('理由').fill('报价属于商业秘密，公开会损害本公司利益')
  await page.getByRole('button', { name: '提交意见' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '意见已经收到' })).toBeFocused()
  await expect(page.getByText('不同意公开')).toBeVisible()
})

test('a link that nobody has is told as such', async ({ page }) => {
  await page.goto('/opinion#23456789ABCDEFGHJKMN')
  await expect(page.getByRole('alert')).toContainText('没有这封征求意见函')
  await expect(page).toHaveURL(/\/opinion$/)
  await isFit(page)
})

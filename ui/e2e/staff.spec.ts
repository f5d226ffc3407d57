import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, freePort, test } from './fixtures'
import { at, isAccessible, password, patient, sizes } from './workbench'

// The people of a school: invitations, duties, stand-ins, the second factor.

async function givePassword(page: Page, email: string, pass = password) {
  await page.getByLabel('邮箱').fill(email)
  await page.getByLabel('密码').fill(pass)
  await page.getByRole('button', { name: '登录' }).click()
}

async function signIn(page: Page, email: string, path = '/workbench/staff') {
  await page.goto(path)
  await givePassword(page, email)
  await patient(page.getByRole('heading', { name: '人员与职责', level: 1 })).toBeVisible()
  await patient(page.getByRole('table')).toBeVisible()
}

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(name) }) })

test('an account manager invites somebody, who sets a password and signs in; duties change; the account is closed', async ({ page, another }) => {
  const who = `新老师${Date.now() % 100000}`
  const email = `new${Date.now()}@demo.example`
  await signIn(page, at('admin1'))
  await page.getByRole('button', { name: '邀请人员' }).click()
  await expect(page.getByLabel('姓名')).toBeFocused()
  await page.getByRole('button', { name: '发送邀请' }).click()
  const summary = page.getByRole('alert').filter({ hasText: '请先填写完整' })
  await expect(summary).toBeFocused()
  await summary.getByRole('link', { name: /邮箱/ }).click()
  await expect(page.getByLabel('邮箱')).toBeFocused()
  await page.getByLabel('姓名').fill(who)
  await page.getByLabel('邮箱').fill(at('editor1'))
  await page.getByLabel('信息编辑员').check()
  await page.getByRole('button', { name: '发送邀请' }).click()
  await expect(page.getByLabel('邮箱')).toHaveAccessibleDescription(/已有账号/)
  await expect(page.getByLabel('区级监督员')).toHaveCount(0)
  await page.getByLabel('邮箱').fill(email)
  await page.getByRole('button', { name: '发送邀请' }).click()

  // the demonstration sends no mail: the link is shown, once
  await expect(page.getByRole('status').filter({ hasText: '还没有配置邮件' })).toBeVisible()
  const link = await page.getByLabel('设置密码的链接').inputValue()
  await expect(rowOf(page, who)).toContainText('已邀请，未设置密码')
  await expect(rowOf(page, who)).toContainText('信息编辑员')

  const theirs = await another()
  await theirs.goto(new URL(link).pathname + new URL(link).search)
  await theirs.getByLabel('新密码').fill('onlyletters')
  await theirs.getByRole('button', { name: '设置密码' }).click()
  await expect(theirs.getByRole('alert')).toBeFocused()
  await expect(theirs.getByLabel('新密码')).toHaveAccessibleDescription(/至少三种/)
  await theirs.getByLabel('新密码').fill('Fresh-start-2026')
  await theirs.getByLabel('再次输入密码').fill('Fresh-start-2026')
  await theirs.getByRole('button', { name: '设置密码' }).click()
  await theirs.getByRole('link', { name: '去登录' }).click()
  await givePassword(theirs, email, 'Fresh-start-2026')
  await expect(theirs.getByRole('button', { name: '退出登录' })).toBeVisible()
  await theirs.goto(new URL(link).pathname + new URL(link).search)
  await theirs.getByLabel('新密码').fill('Second-time-2026')
  await theirs.getByLabel('再次输入密码').fill('Second-time-2026')
  await theirs.getByRole('button', { name: '设置密码' }).click()
  await expect(theirs.getByRole('alert')).toContainText('这个链接不能用了')
  await expect(theirs.getByLabel('登录邮箱')).toBeVisible()

  await page.reload()
  await patient(rowOf(page, who)).toContainText('在用')
  await rowOf(page, who).getByRole('button', { name: /更改/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('信息编辑员')).toBeChecked()
  await expect(dialog.getByLabel('保密审查员')).toHaveAccessibleDescription(/能不能公开/)
  await dialog.getByLabel('信息公开专管员').check()
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(rowOf(page, who)).toContainText('信息编辑员、信息公开专管员')

  // a second link within a minute is refused, and the dialog says so
  await rowOf(page, who).getByRole('button', { name: /重置密码/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: '重置密码' }).click()
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('刚刚已经给对方发过链接')
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()

  await rowOf(page, who).getByRole('button', { name: /停用/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: '停用账号' }).click()
  await expect(page.getByRole('dialog').getByLabel('停用原因')).toHaveAccessibleDescription(/请填写停用原因/)
  await page.getByRole('dialog').getByLabel('停用原因').fill('调离')
  await page.getByRole('dialog').getByRole('button', { name: '停用账号' }).click()
  await expect(rowOf(page, who)).toContainText('停用：调离')
  await theirs.goto('/workbench/articles')
  await patient(theirs.getByRole('heading', { name: '登录工作台' })).toBeVisible()
  await givePassword(theirs, email, 'Fresh-start-2026')
  await expect(theirs.getByRole('alert')).toContainText('账号已停用')
  await rowOf(page, who).getByRole('button', { name: /恢复使用/ }).click()
  await expect(rowOf(page, who)).toContainText('在用')
})

test('nobody changes their own duties or closes their own account', async ({ page }) => {
  await signIn(page, at('admin1'))
  const mine = page.getByRole('row').filter({ hasText: '本人' })
  await expect(mine.getByRole('button', { name: /停用/ })).toHaveCount(0)
  await mine.getByRole('button', { name: /更改/ }).click()
  await expect(page.getByRole('dialog')).toContainText('不能更改自己的职责')
  await expect(page.getByRole('dialog').getByRole('checkbox')).toHaveCount(0)
})

test('a stand-in is set with the keyboard, is told, and is ended early', async ({ page, another }) => {
  await signIn(page, at('admin2')) // a reviewer of the first school may have a stand-in already
  const names = await page.getByRole('rowheader').allInnerTexts()
  const [reviewer, editor] = [at('reviewer2'), at('editor2')].map((email) => names.find((text) => text.includes(email))!.split('\n')[0]!.replace(email, '').trim())
  await page.getByRole('button', { name: '设置代理' }).press('Enter')
  await page.getByRole('button', { name: '设置代理' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '请先填写完整' })).toBeFocused()
  await page.getByLabel('谁不在').selectOption({ label: reviewer! })
  await expect(page.getByLabel('代理哪项职责')).toHaveValue('reviewer')
  await page.getByLabel('由谁代理').selectOption({ label: editor! })
  const today = await page.getByLabel('开始日期').inputValue()
  await page.getByLabel('结束日期').fill(today)
  await page.getByRole('button', { name: '设置代理' }).press('Enter')
  const row = page.getByRole('listitem').filter({ hasText: '代理中' })
  await expect(row).toContainText(`${editor} 代理 ${reviewer}`)
  await expect(rowOf(page, at('editor2'))).toContainText('今天代理：审核员')

  const other = await another()
  await signIn(other, at('editor2'))
  await expect(other.getByRole('button', { name: '邀请人员' })).toHaveCount(0)
  const told = await other.evaluate(async () => {
    const { token } = JSON.parse(sessionStorage.getItem('gongkai-staff')!) as { token: string }
    return await (await fetch('/api/collections/notifications/records', { headers: { Authorization: token } })).text()
  })
  expect(told).toContain('请您代理')

  await row.getByRole('button', { name: /立即结束/ }).click()
  await expect(page.getByText('代理已结束。')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: '代理中' })).toHaveCount(0)
  await expect(rowOf(page, at('editor2'))).not.toContainText('今天代理')
})

test('the bureau looks after every school, one at a time', async ({ page }) => {
  await signIn(page, at('bureau-admin'))
  await expect(rowOf(page, at('auditor'))).toContainText('审计员')
  await page.getByLabel('单位').selectOption({ label: '示范区第一小学' })
  await expect(rowOf(page, at('editor1'))).toContainText('信息编辑员')
  await page.getByRole('button', { name: '邀请人员' }).click()
  await expect(page.getByLabel('校长')).toBeVisible()
  await page.goBack()
  await expect(rowOf(page, at('auditor'))).toBeVisible()
  await expect(page.getByLabel('区级监督员')).toBeVisible()
})

test('an unattended desk is signed out after a warning, a reviewer sooner', async ({ page }) => {
  await page.clock.install()
  await signIn(page, at('reviewer1'))
  await page.clock.fastForward('13:20') // and what the signing in has taken
  await expect(page.getByRole('dialog', { name: '即将自动退出' })).toHaveCount(0)
  await page.clock.fastForward('00:50')
  const warning = page.getByRole('dialog', { name: '即将自动退出' })
  await expect(warning).toContainText(/[1-6]?\d 秒/)
  await isAccessible(page)
  await warning.getByRole('button', { name: '继续使用' }).click()
  await expect(warning).toBeHidden()
  await page.clock.fastForward('15:10')
  await patient(page.getByRole('heading', { name: '登录工作台' })).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: '长时间没有操作' })).toBeVisible()
  expect(await page.evaluate(() => sessionStorage.getItem('gongkai-staff'))).toBeNull()
  await givePassword(page, at('reviewer1'))
  await patient(page.getByRole('heading', { name: '人员与职责', level: 1 })).toBeVisible()
})

for (const viewport of sizes) {
  test(`no accessibility faults at ${viewport.width} px`, async ({ page }) => {
    await page.setViewportSize(viewport)
    await page.goto('/workbench/set-password?token=x')
    await patient(page.getByRole('heading', { name: '设置密码' })).toBeVisible()
    await isAccessible(page)
    await page.goto('/workbench/set-password')
    await patient(page.getByRole('heading', { name: '设置密码' })).toBeVisible()
    await isAccessible(page)
    await signIn(page, at('admin1'))
    await isAccessible(page)
    await page.getByRole('button', { name: '邀请人员' }).click()
    await page.getByRole('button', { name: '发送邀请' }).click()
    await isAccessible(page)
    await page.getByRole('button', { name: '取消' }).click()
    await page.getByRole('button', { name: '设置代理' }).click()
    await page.getByRole('button', { name: '设置代理' }).click()
    await isAccessible(page)
    await page.getByRole('button', { name: '取消' }).click()
    await rowOf(page, at('editor1')).getByRole('button', { name: /更改/ }).click()
    await isAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
    await rowOf(page, at('editor1')).getByRole('button', { name: /停用/ }).click()
    await isAccessible(page)
  })
}

// A district that is no demonstration, on a server of its own, with a mail server.
test('a reviewer signs in with a code by mail', async ({ another }) => {
  test.skip(Boolean(process.env.GONGKAI_URL), 'changes the district')
  const mails: string[] = []
  const sink = await smtpSink(mails)
  const dir = mkdtempSync(join(tmpdir(), 'gongkai-staff-'))
  const binary = resolve(process.env.GONGKAI_BIN ?? '../gongkai')
  // with the key of the demonstration, a district could not become a real one
  const env = { ...process.env, GONGKAI_DATA_KEY: randomBytes(32).toString('base64') }
  const made = spawnSync(binary, ['demo', '--schools', '2', '--articles', '20', '--seed', '7', `--dir=${dir}`], { encoding: 'utf8', env })
  expect(made.status, made.stderr).toBe(0)
  const address = `127.0.0.1:${await freePort()}`
  const server = spawn(binary, ['serve', `--http=${address}`, `--dir=${dir}`], { stdio: 'ignore', env })
  const page = await another({ baseURL: `http://${address}` })
  try {
    await expect.poll(() => page.request.get('/healthz').then((answer) => answer.ok(), () => false), { timeout: 30_000 }).toBe(true)
    const it = (await (await page.request.post('/api/collections/_superusers/auth-with-password', { data: { identity: at('it'), password } })).json()) as { token: string }
    const headers = { Authorization: it.token }
    const port = (sink.address() as { port: number }).port
    const settings = await page.request.patch('/api/settings', { headers, data: { smtp: { enabled: true, host: '127.0.0.1', port }, meta: { senderAddress: 'platform@demo.example' } } })
    expect(settings.ok(), await settings.text()).toBe(true)
    expect((await page.request.patch('/api/collections/districts/records/district0000000', { headers, data: { demo: false } })).ok()).toBe(true)

    await page.setViewportSize(sizes[0]!)
    await page.goto('/workbench/staff')
    await givePassword(page, at('reviewer1'))
    await patient(page.getByRole('heading', { name: '第二步：填写验证码' })).toBeVisible()
    await expect(page.getByLabel('验证码', { exact: true })).toBeFocused()
    await expect(page.getByRole('button', { name: /重新发送（\d+ 秒后）/ })).toBeDisabled()
    await patient.poll(() => mails.length).toBe(1)
    await expect(page.getByText('登录已过期')).toHaveCount(0)
    await isAccessible(page)
    await page.getByLabel('验证码', { exact: true }).fill('12')
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('验证码', { exact: true })).toHaveAccessibleDescription(/6 位数字/)
    await page.getByRole('button', { name: '返回' }).click()
    await expect(page.getByLabel('邮箱')).toHaveValue(at('reviewer1'))

    await givePassword(page, at('reviewer1'))
    await patient.poll(() => mails.length).toBe(2)
    const code = /OTP_CODE=(\d{6})/.exec(mails[1]!)?.[1] ?? ''
    await page.getByLabel('验证码', { exact: true }).fill(code === '000000' ? '111111' : '000000')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toContainText('验证码没有通过')
    await page.getByLabel('验证码', { exact: true }).fill(code)
    await page.keyboard.press('Enter')
    await patient(page.getByRole('heading', { name: '人员与职责', level: 1 })).toBeVisible()

    // an editor needs none
    await signIn(await another({ baseURL: `http://${address}` }), at('editor1'))
  } finally {
    const gone = new Promise((done) => server.once('exit', done))
    if (server.exitCode === null && server.kill()) await gone
    sink.close()
    rmSync(dir, { recursive: true, force: true })
  }
})

/** smtpSink is a mail server that keeps the subject's code: the rest is the Go tests' matter. */
function smtpSink(mails: string[]): Promise<Server> {
  const server = createServer((socket) => converse(socket, mails))
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)))
}

function converse(socket: Socket, mails: string[]) {
  let mail: string | null = null
  let rest = ''
  socket.on('error', () => socket.destroy())
  socket.write('220 sink\r\n')
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('utf8')).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (mail !== null && line !== '.') {
        mail += `${line}\n`
      } else if (mail !== null) {
        mails.push(`${mail}\nOTP_CODE=${codeOf(mail)}`)
        mail = null
        socket.write('250 ok\r\n')
      } else if (/^DATA/i.test(line)) {
        mail = ''
        socket.write('354 go on\r\n')
      } else if (/^QUIT/i.test(line)) {
        socket.end('221 bye\r\n')
      } else {
        socket.write('250 ok\r\n')
      }
    }
  })
}

/** codeOf reads the code in the text of a mail: the strong element of its HTML. */
function codeOf(mail: string): string {
  const decoded = mail.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return /<strong>(\d{6})<\/strong>/.exec(decoded)?.[1] ?? ''
}

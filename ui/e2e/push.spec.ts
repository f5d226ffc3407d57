import { createServer } from 'node:http'
import { expect, freePort, test } from './fixtures'
import { isAccessible, patient, signIn, sizes } from './workbench'

test('the bureau adds a subscriber; a test that nobody took is delivered when somebody is there', async ({ page }) => {
  const port = await freePort() // a second server, which is not there at first
  const arrived: { id: string; signature: string; body: string }[] = []
  const receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += part))
    request.on('end', () => {
      arrived.push({ id: String(request.headers['webhook-id']), signature: String(request.headers['webhook-signature']), body })
      response.end('收到')
    })
  })
  await signIn(page, 'bureau-admin', '/workbench/registry/push')
  await patient(page.getByRole('heading', { name: /区机构查询平台（演示）/ })).toBeVisible()
  const deliveries = page.getByRole('table', { name: '投递' })
  await expect(deliveries).toContainText('没有送到（死信）')
  await expect(deliveries).toContainText('等待投递')
  await expect(deliveries).toContainText('已送到')
  await page.getByRole('button', { name: '新增接收方' }).click()
  await page.getByLabel('名称').fill('新平台')
  await page.getByLabel('推送地址').fill(`http://127.0.0.1:${port}/hook`)
  const add = page.getByRole('button', { name: '新增', exact: true })
  await add.click()
  await expect(page.getByText('请先允许不加密').first()).toBeVisible()
  await page.getByLabel('允许不加密').check()
  await page.getByLabel('允许内网地址').check()
  for (const size of sizes) {
    await page.setViewportSize(size)
    await isAccessible(page)
  }
  await add.click()
  await expect(page.getByLabel('令牌', { exact: true })).toHaveValue(/^gk_/)
  await expect(page.getByLabel('签名密钥', { exact: true })).toHaveValue(/^whsec_/)
  await isAccessible(page)
  await page.getByRole('button', { name: '已经保存好了' }).click()

  await page.getByRole('button', { name: /发送测试\s*：新平台/ }).click()
  await patient(page.getByRole('heading', { level: 1, name: '投递：测试' })).toBeVisible()
  await expect(page.getByText('没有送到（死信）')).toBeVisible()
  await expect(page.getByText(/连不上对方/)).toBeVisible()
  for (const size of sizes) {
    await page.setViewportSize(size)
    await isAccessible(page)
  }
  await new Promise<void>((done) => receiver.listen(port, '127.0.0.1', done))
  try {
    await page.getByRole('button', { name: '重新投递' }).click()
    await patient(page.getByText('已送到')).toBeVisible()
    await expect(page.getByText('对方答复：收到')).toBeVisible()
    expect(arrived).toHaveLength(1)
    expect(arrived[0]!.id).toBe(new URL(page.url()).pathname.split('/').pop())
    expect(arrived[0]!.signature).toMatch(/^v1,/)
    expect(JSON.parse(arrived[0]!.body)).toMatchObject({ type: 'test' })
  } finally {
    receiver.closeAllConnections()
    await new Promise((done) => receiver.close(done))
  }
})

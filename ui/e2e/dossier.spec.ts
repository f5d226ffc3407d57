import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from './fixtures'
import { isAccessible, patient, personOf, signIn } from './workbench'

// What a school takes out of the workbench, anybody can check with the binary.
test('everything kept of an article is taken out, and verifies', async ({ page }) => {
  const editor = await personOf(page, 'editor1')
  const send = async (method: string, path: string, data?: object) => {
    const answer = await page.request.fetch(path, { method, headers: { Authorization: editor.token }, ...(data ? { data } : {}) })
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
    return (await answer.json()) as { id: string; items: { id: string }[] }
  }
  const { id } = await send('POST', '/api/collections/articles/records', { column: 'A0308', title: '食堂供餐调整' })
  const version = (await send('GET', `/api/collections/article_versions/records?filter=(article='${id}')`)).items[0]!.id
  await send('PATCH', `/api/collections/article_versions/records/${version}`, { body: '<p>学校食堂本周起调整供餐时间，请各位家长知悉。</p>', created_on: '2026-01-05' })
  await send('POST', '/api/collections/article_steps/records', { article: id, version, action: 'submit' })

  await signIn(page, 'editor1', `/workbench/articles/${id}`)
  await patient(page.getByText('办理记录和历史版本')).toBeVisible()
  await page.getByText('办理记录和历史版本').click()
  const button = page.getByRole('button', { name: '导出全部材料（zip）' })
  await isAccessible(page)

  await page.route('**/dossier', (route) => route.fulfill({ status: 500, json: { status: 500, message: '', data: {} } }))
  await button.click()
  await expect(page.getByText('没有导出：服务器暂时出错')).toBeVisible()
  await page.unroute('**/dossier')

  const download = page.waitForEvent('download')
  await button.focus()
  await page.keyboard.press('Enter')
  const file = await download
  expect(file.suggestedFilename()).toBe(`全部材料_${id}.zip`)
  await expect(page.getByText('没有导出')).toHaveCount(0)
  const checked = spawnSync(resolve(process.env.GONGKAI_BIN ?? '../gongkai'), ['audit', 'check', await file.path()], { encoding: 'utf8' })
  expect(checked.stdout + checked.stderr).toContain('这份材料内部一致')
  expect(checked.status).toBe(0)
})

import '../shared/style/index.css'
import { createApp, nextTick, shallowRef } from 'vue'
import { takeOver } from './carry'
import { followElder } from './elder'
import { headOf } from './head'
import { followLinks } from './links'
import { takeMarked } from './marked'
import PublicApp from './PublicApp.vue'
import { createSiteRouter, useVisits } from './router'
import { arriveAt } from './arrive'
import { districtKey, firstVisit } from './visit'

// The server has drawn the page. The app takes over what is inside #app from
// the data in the document, without another request, and draws the same again;
// header and footer stay as they are.
async function start(): Promise<void> {
  followElder(document)
  const root = document.getElementById('app')
  if (!root) return
  const first = firstVisit(document)
  const visit = shallowRef(first.visit)
  const router = createSiteRouter()
  const { pending } = useVisits(router, visit, (now) => void nextTick(() => arriveAt(now.kind, headOf(now, first.district))))

  const app = createApp(PublicApp, { visit, pending })
  app.provide(districtKey, first.district)
  app.use(router)
  await router.isReady() // the code of the first page is here: nothing jumps
  takeOver(root, () => app.mount(root))
  takeMarked(document)
  followLinks(document, router)
  document.documentElement.setAttribute('data-ready', '')
}

start().catch((error: unknown) => console.error('the page stays as the server drew it', error))

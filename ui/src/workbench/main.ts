// The staff app. Element Plus's style sheets are named here and nowhere else.
import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/el-button.css'
import 'element-plus/theme-chalk/el-overlay.css'
import 'element-plus/theme-chalk/el-dialog.css'
import 'element-plus/theme-chalk/el-progress.css'
import 'element-plus/theme-chalk/el-skeleton.css'
import 'element-plus/theme-chalk/el-skeleton-item.css'
import 'element-plus/theme-chalk/el-tag.css'
import '../shared/style/tokens.css'
import './style/workbench.css'
import './style/cards.css'
import './style/richtext.css'
import './style/ticks.css'
import { createApp } from 'vue'
import { followRoutes } from './page/usePageTitle'
import { router } from './router'
import WorkbenchApp from './WorkbenchApp.vue'

const root = document.getElementById('app')
if (root) {
  followRoutes(router)
  createApp(WorkbenchApp, { siteName: root.dataset.siteName ?? '', isDemo: root.dataset.demo === 'true' })
    .use(router)
    .mount(root)
}

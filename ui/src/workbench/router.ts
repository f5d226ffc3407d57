import { createRouter, createWebHistory } from 'vue-router'
import type { RouteRecordRaw } from 'vue-router'
import { session } from './session'

declare module 'vue-router' {
  interface RouteMeta {
    title?: string
    open?: true // needs nobody signed in
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/', redirect: { name: 'inbox' } },
  { path: '/inbox', name: 'inbox', component: () => import('./inbox/InboxPage.vue'), meta: { title: '待办' } },
  { path: '/sign-in', name: 'sign-in', component: () => import('./signin/SignInPage.vue'), meta: { title: '登录', open: true } },
  { path: '/articles', name: 'articles', component: () => import('./articles/ArticleListPage.vue'), meta: { title: '信息列表' } },
  { path: '/articles/new', name: 'new', component: () => import('./articles/ColumnChoicePage.vue'), meta: { title: '新建信息：选择栏目' } },
  { path: '/articles/batches', name: 'article-batches', component: () => import('./articles/batches/BatchListPage.vue'), meta: { title: '迁入的草稿' } },
  { path: '/articles/batches/:id([a-z0-9]{15})', name: 'article-batch', component: () => import('./articles/batches/BatchPage.vue'), props: true, meta: { title: '迁入的草稿' } },
  { path: '/articles/:id([a-z0-9]{15})', name: 'article', component: () => import('./articles/ArticlePage.vue'), props: true, meta: { title: '编辑信息' } },
  { path: '/articles/:id([a-z0-9]{15})/opinions', name: 'opinions', component: () => import('./calls/OpinionsPage.vue'), props: true, meta: { title: '征集到的意见' } },
  { path: '/requests', name: 'requests', component: () => import('./requests/RequestListPage.vue'), meta: { title: '依申请公开' } },
  { path: '/requests/new', name: 'request-new', component: () => import('./requests/EntryPage.vue'), meta: { title: '登记申请' } },
  { path: '/requests/:id([a-z0-9]{15})', name: 'request', component: () => import('./requests/RequestPage.vue'), props: true, meta: { title: '申请' } },
  { path: '/requests/:id([a-z0-9]{15})/redact/:file([a-z0-9]{15})', name: 'request-redact', component: () => import('./requests/redact/RedactPage.vue'), props: true, meta: { title: '遮盖文件' } },
  { path: '/inquiries', name: 'inquiries', component: () => import('./inquiries/InquiryListPage.vue'), meta: { title: '来信' } },
  { path: '/inquiries/new', name: 'inquiry-new', component: () => import('./inquiries/EntryPage.vue'), meta: { title: '登记来信' } },
  { path: '/inquiries/templates', name: 'answer-templates', component: () => import('./inquiries/TemplatesPage.vue'), meta: { title: '答复模板' } },
  { path: '/inquiries/:id([a-z0-9]{15})', name: 'inquiry', component: () => import('./inquiries/InquiryPage.vue'), props: true, meta: { title: '来信' } },
  { path: '/staff', name: 'staff', component: () => import('./staff/StaffPage.vue'), meta: { title: '人员与职责' } },
  { path: '/set-password', name: 'set-password', component: () => import('./signin/SetPasswordPage.vue'), meta: { title: '设置密码', open: true } },
  { path: '/broadcasts', name: 'broadcasts', component: () => import('./broadcasts/BroadcastListPage.vue'), meta: { title: '区级下发' } },
  { path: '/broadcasts/:id([a-z0-9]{15}|new)', name: 'broadcast', component: () => import('./broadcasts/BroadcastPage.vue'), props: true, meta: { title: '区级下发' } },
  { path: '/requests/statistics', name: 'request-statistics', component: () => import('./requests/statistics/StatisticsPage.vue'), meta: { title: '依申请公开统计' } },
  { path: '/inquiries/overview', name: 'inquiry-overview', component: () => import('./inquiries/overview/OverviewPage.vue'), meta: { title: '来信统计' } },
  { path: '/settings/inquiries', name: 'inquiry-settings', component: () => import('./settings/InquirySettingsPage.vue'), meta: { title: '来信设置' } },
  { path: '/words', name: 'words', component: () => import('./words/WordListPage.vue'), meta: { title: '错敏词' } },
  { path: '/rules', name: 'rules', component: () => import('./rules/RulesPage.vue'), meta: { title: '审核规则' } },
  { path: '/settings/requests', name: 'request-settings', component: () => import('./settings/RequestSettingsPage.vue'), meta: { title: '申请设置' } },
  { path: '/embed', name: 'embed', component: () => import('./embed/EmbedPage.vue'), meta: { title: '放到学校网站' } },
  { path: '/survey', name: 'survey', component: () => import('./survey/SurveyPage.vue'), meta: { title: '平台满意度调查' } },
  { path: '/supervision/standard', name: 'supervision-standard', component: () => import('./supervision/standard/StandardListPage.vue'), meta: { title: '栏目设置标准' } },
  { path: '/supervision/standard/:id([a-z0-9]{15})', name: 'supervision-standard-version', component: () => import('./supervision/standard/StandardPage.vue'), props: true, meta: { title: '栏目设置标准' } },
  { path: '/supervision/standard/exemptions', name: 'supervision-exemptions', component: () => import('./supervision/standard/ExemptionsPage.vue'), meta: { title: '栏目豁免' } },
  { path: '/supervision/statistics', name: 'supervision-statistics', component: () => import('./supervision/statistics/StatisticsPage.vue'), meta: { title: '统计报表' } },
  { path: '/supervision/probes', name: 'probes', component: () => import('./supervision/probes/ProbesPage.vue'), meta: { title: '站点检查' } },
  { path: '/supervision/scores', name: 'supervision-scores', component: () => import('./supervision/scores/ScoresPage.vue'), meta: { title: '考核评分' } },
  { path: '/supervision/scores/weights', name: 'score-weights', component: () => import('./supervision/scores/WeightsPage.vue'), meta: { title: '指标和扣分标准' } },
  { path: '/supervision/scores/:school(\\d+)', name: 'score-card', component: () => import('./supervision/scores/CardPage.vue'), props: true, meta: { title: '学校评分' } },
  { path: '/supervision/annual', name: 'supervision-annual', component: () => import('./supervision/annual/AnnualListPage.vue'), meta: { title: '信息公开年度报告' } },
  { path: '/supervision/annual/:school(\\d+|all)/:year(\\d{4})', name: 'supervision-annual-report', component: () => import('./supervision/annual/AnnualPage.vue'), props: true, meta: { title: '年度报告' } },
  { path: '/supervision/responsibility', name: 'supervision-responsibility', component: () => import('./supervision/responsibility/ResponsibilityPage.vue'), meta: { title: '责任人' } },
  { path: '/supervision/silence', name: 'supervision-silence', component: () => import('./supervision/silence/SilencePage.vue'), meta: { title: '沉默预警' } },
  { path: '/supervision/orders', name: 'orders', component: () => import('./supervision/orders/OrderListPage.vue'), meta: { title: '督办整改' } },
  { path: '/supervision/orders/new', name: 'order-new', component: () => import('./supervision/orders/OrderFormPage.vue'), meta: { title: '发督办单' } },
  { path: '/supervision/orders/:id([a-z0-9]{15})', name: 'order', component: () => import('./supervision/orders/OrderPage.vue'), props: true, meta: { title: '督办' } },
  { path: '/audit', name: 'audit', component: () => import('./audit/AuditPage.vue'), meta: { title: '审计' } },
  { path: '/registry/schools', name: 'registry-schools', component: () => import('./registry/schools/SchoolListPage.vue'), meta: { title: '学校资料' } },
  { path: '/registry/schools/:code([0-9A-Za-z]+)', name: 'registry-school', component: () => import('./registry/schools/SchoolFilePage.vue'), props: true, meta: { title: '学校资料' } },
  { path: '/registry/sources', name: 'registry-sources', component: () => import('./registry/sources/SourceListPage.vue'), meta: { title: '对接来源' } },
  { path: '/registry/sources/:id([a-z0-9]{15}|new)', name: 'registry-source', component: () => import('./registry/sources/SourcePage.vue'), props: true, meta: { title: '对接来源' } },
  { path: '/registry/changes', name: 'registry-changes', component: () => import('./registry/changes/RunListPage.vue'), meta: { title: '变更审核' } },
  { path: '/registry/changes/:id([a-z0-9]{15})', name: 'registry-run', component: () => import('./registry/changes/RunPage.vue'), props: true, meta: { title: '变更审核' } },
  { path: '/supervision', name: 'supervision', component: () => import('./supervision/overview/OverviewPage.vue'), meta: { title: '考核监督总览' } },
  { path: '/supervision/heat', name: 'supervision-heat', component: () => import('./supervision/heat/HeatPage.vue'), meta: { title: '栏目达标热力图' } },
  { path: '/supervision/trend', name: 'supervision-trend', component: () => import('./supervision/trend/TrendPage.vue'), meta: { title: '趋势' } },
  { path: '/supervision/today', name: 'supervision-today', component: () => import('./supervision/school/SchoolPage.vue'), meta: { title: '今日达标' } },
  { path: '/supervision/schools/:code(\\d+)', name: 'supervision-school', component: () => import('./supervision/school/SchoolPage.vue'), props: true, meta: { title: '学校达标情况' } },
  { path: '/registry/batches', name: 'registry-batches', component: () => import('./articles/batches/BatchListPage.vue'), meta: { title: '旧站迁入' } },
  { path: '/registry/push', name: 'registry-push', component: () => import('./registry/push/PushPage.vue'), meta: { title: '推送' } },
  { path: '/registry/push/:id([a-z0-9]{15})', name: 'registry-push-delivery', component: () => import('./registry/push/DeliveryPage.vue'), props: true, meta: { title: '投递' } },
  { path: '/:path(.*)*', name: 'lost', component: () => import('./page/LostPage.vue'), meta: { title: '页面不存在' } },
]

export const router = createRouter({
  history: createWebHistory('/workbench/'),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach((to) => {
  if (!to.meta.open && !session.isSignedIn.value) return { name: 'sign-in', query: { next: to.fullPath } }
  if (to.name === 'sign-in' && session.isSignedIn.value) return safeNext(to.query.next)
  return true
})

/** safeNext is where sign-in leads: back to where one was, never out of the workbench. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/inbox'
}

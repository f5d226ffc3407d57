/// <reference types="vitest/config" />
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

// UI_APPS=public builds one of the two, for work on it alone.
const apps = (process.env.UI_APPS ?? 'public,workbench').split(',')

// There is no index.html: echo draws the document and reads from the manifest
// which script and style sheet belong to it (pb_hooks/site/render.go).
export default defineConfig({
  base: '/',
  publicDir: 'static',
  plugins: [vue()],
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    manifest: true,
    emptyOutDir: true,
    // Parents read this on old phones: Chromium 80 (old Android, 360, QQ, UOS
    // and Kylin browsers), WeChat's own web view (X5, then XWeb: Chromium 86 and
    // up; WKWebView on iPhones, hence safari13.1) and Firefox ESR 78. The target
    // rewrites syntax (?., ??=, class fields) and CSS (inset, nesting) for them.
    // It adds no missing functions: eslint.config.js refuses newer ones.
    target: ['chrome80', 'edge80', 'firefox78', 'safari13.1', 'ios13.4'],
    cssTarget: ['chrome80', 'firefox78', 'safari13.1', 'ios13.4'],
    // Every browser above knows <link rel="modulepreload"> or ignores it; the
    // shell links it itself, so the 1 KB helper for lazy chunks stays out.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the policy of the site wants files, not data: scripts
    chunkSizeWarningLimit: 600, // ECharts, which the pages of supervision load when they draw
    reportCompressedSize: false, // scripts/size.mjs reports, and fails when it is too much
    rolldownOptions: {
      input: apps.map((app) => `src/${app}/main.ts`),
    },
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8090', '/open': 'http://127.0.0.1:8090', '/f': 'http://127.0.0.1:8090' },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
  },
})

import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import ElementPlus from 'unplugin-element-plus/vite'
import { defineConfig } from 'vitest/config'

const server = process.env.PANTAU_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue(), ElementPlus({})],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: { __VUE_I18N_LEGACY_API__: false, __VUE_I18N_FULL_INSTALL__: false },
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 600 },
  server: {
    // Cookies are SameSite=Strict and sockets check the origin: the page and the API share one.
    proxy: { '/api': { target: server, ws: true }, '/whep': server, '/hls': server, '/healthz': server, '/readyz': server },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'], server: { deps: { inline: ['element-plus'] } } },
})

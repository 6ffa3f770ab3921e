import { defineConfig } from 'vite';

export default defineConfig({
  // Nothing inline: the server's Content-Security-Policy allows only files of its own.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { '/graphql': 'http://localhost:3000' } },
});

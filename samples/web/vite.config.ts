import { defineConfig } from 'vite';

export default defineConfig({
  // Nothing inline: the server's Content-Security-Policy allows only its own files.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { '/graphql': 'http://localhost:3000' } },
});

import { preact } from '@preact/preset-vite';
import { defineConfig } from 'vite';

// Builds the pages into dist/web. The tracking server's policy forbids inline scripts, inline styles and other origins, so
// everything becomes a file of its own. `npx vite packages/console` serves the sources while they are worked on, with the
// API of a tracking server on port 5000.
const tracking = { target: 'http://127.0.0.1:5000' };

export default defineConfig({
  root: `${import.meta.dirname}/web`,
  base: './',
  plugins: [preact({ reactAliasesEnabled: false })],
  logLevel: 'warn',
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/ajax-api': tracking, '/get-artifact': tracking } },
});

import { defineConfig } from 'vitest/config';

/** Tests in a real editor: one file at a time, because each has a server, an extension host and a browser of its own. */
export default defineConfig({
  test: {
    include: ['test/editor/*.test.ts'],
    globalSetup: ['test/editor/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});

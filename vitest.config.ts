import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'test/core/**/*.test.ts',
      'test/node/**/*.test.ts',
      'test/architecture/**/*.test.ts',
      'test/servers/**/*.test.ts',
      'test/webview/**/*.test.ts',
    ],
    testTimeout: 20_000,
    pool: 'threads',
    maxWorkers: 2,
  },
});

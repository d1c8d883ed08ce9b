// npm run pictures: takes the README's pictures from the screenshots that the tests in a real editor made.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './toolchain.mjs';

/** @type {Record<string, string>} name in media/readme, and the screenshot that it is */
const PICTURES = { 'ghost-text': 'ghost-text-dark', chat: 'chat-light', refactor: 'refactor', sent: 'sent' };

mkdirSync(join(root, 'media/readme'), { recursive: true });
for (const [name, screenshot] of Object.entries(PICTURES)) {
  copyFileSync(join(root, `test-output/screenshots/${screenshot}.png`), join(root, `media/readme/${name}.png`));
}

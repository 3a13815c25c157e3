// node screenshots.js FOLDER: eight pictures of the page over the sample documents, for docs/page/.
// IZDE_BIN names the folder of the programs, as for the tests.

import path from 'node:path';
import { chromium } from 'playwright-core';
import { rebuild, remove, serve, temporaryFolder } from './daemon.js';

const folder = process.argv[2];
if (!folder) throw new Error('usage: node screenshots.js FOLDER');

const desktop = { width: 1280, height: 860 };
const phone = { width: 390, height: 844 };

const first = async (page) => page.locator('#hits .stop').first().click();
const typed = (words) => async (page) => {
  await page.locator('#q').pressSequentially(words);
  await page.locator('#completions li').first().waitFor();
  await page.locator('#q').press('ArrowDown');
};

const pictures = [
  { name: 'results-english', locale: 'en-GB', viewport: desktop, address: '/?q=urumqi' },
  { name: 'results-russian-dark', locale: 'ru', colorScheme: 'dark', viewport: desktop, address: '/?q=Хоргос&lang=ru&lang=kk' },
  { name: 'results-chinese-phone', locale: 'zh-CN', viewport: phone, address: '/?q=乌鲁木齐' },
  { name: 'results-kazakh-phone-dark', locale: 'kk', colorScheme: 'dark', viewport: phone, address: '/?q=Қорғас' },
  { name: 'document-kazakh', locale: 'kk', viewport: desktop, address: '/?q=Үрімжі&lang=kk', then: first },
  { name: 'document-chinese-dark', locale: 'zh-CN', colorScheme: 'dark', viewport: desktop, address: '/?q=乌鲁木齐 高铁&lang=zh', then: first },
  { name: 'completions-english-dark', locale: 'en-GB', colorScheme: 'dark', viewport: desktop, address: '/', then: typed('khor') },
  { name: 'plain-russian-phone', locale: 'ru', viewport: phone, address: '/search?q=Алматы', javaScriptEnabled: false },
];

const index = await temporaryFolder();
await rebuild(index);
const daemon = await serve(index);
const browser = await chromium.launch({
  executablePath: process.env.IZDE_CHROMIUM || '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-scrollbars'],
});
try {
  for (const { name, address, then, ...options } of pictures) {
    const context = await browser.newContext({ baseURL: daemon.url, deviceScaleFactor: options.viewport === phone ? 2 : 1, reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'networkidle' });
    await then?.(page);
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: path.join(folder, `${name}.png`), caret: 'hide' });
    await context.close();
  }
} finally {
  await browser.close();
  await daemon.stop();
  await remove(index);
}

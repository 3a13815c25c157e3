// node speed.js FOLDER [QUERY...]: how long after the last key the results of a query that is typed are there, over the
// documents of FOLDER. Prints the median, the 90th percentile and the most of 30 runs of each, in milliseconds, from the
// key's event to the frame that shows the hits. IZDE_BIN names the folder of the programs, as for the tests.

import { chromium } from 'playwright-core';
import { rebuild, remove, serve, temporaryFolder } from './daemon.js';

const [folder, ...asked] = process.argv.slice(2);
if (!folder) throw new Error('usage: node speed.js FOLDER [QUERY...]');
const queries = asked.length ? asked : ['oil', 'crude oil prices', 'bank of japan', 'the company said'];
const runs = 30;

const index = await temporaryFolder();
await rebuild(index, [folder]);
const daemon = await serve(index);
const browser = await chromium.launch({
  executablePath: process.env.IZDE_CHROMIUM || '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

// In the page: the time of the last letter, and of the first frame in which the hits are those of the whole query.
const watch = () => {
  window.times = {};
  const box = document.getElementById('q');
  box.addEventListener('input', (event) => { window.times.key = event.timeStamp; }, true);
  new MutationObserver(() => {
    const link = document.querySelector('#hits .stop');
    if (link && new URL(link.href).searchParams.get('q') === window.wanted) {
      requestAnimationFrame(() => setTimeout(() => { window.times.shown ??= performance.now(); }));
    }
  }).observe(document.getElementById('hits'), { childList: true });
};

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

try {
  const page = await browser.newPage();
  console.log('query'.padEnd(24), 'median', '  p90', ' most  (ms)');
  for (const query of queries) {
    const times = [];
    for (let run = 0; run < runs + 2; run += 1) {
      await page.goto(daemon.url);
      await page.locator('#about time').waitFor();
      await page.evaluate((wanted) => { window.wanted = wanted; }, query);
      await page.evaluate(watch);
      await page.locator('#q').pressSequentially(query, { delay: 60 }); // a fast typist
      await page.waitForFunction(() => window.times.shown);
      const { key, shown } = await page.evaluate(() => window.times);
      if (run >= 2) times.push(shown - key); // the first two warm up
    }
    times.sort((a, b) => a - b);
    console.log(query.padEnd(24), ...[0.5, 0.9, 1].map((part) => at(times, part).toFixed(0).padStart(6)));
  }
} finally {
  await browser.close();
  await daemon.stop();
  await remove(index);
}

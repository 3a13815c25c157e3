// The page in its four languages, in light and dark: words, plural forms, numbers, dates.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { web } from './daemon.js';
import { ask, box, fitsItsWidth, hits, pageTest, rewriteAnswers, search, shows, world } from './support.js';

world();

const tongues = {
  en: { locale: 'en-GB', search: 'Search', results: ['1 result', '2 results', '5 results', '1,234 results'], day: '25 January 2022', month: 'January 2022', year: '2022', rail: 'Filters', nothing: 'Nothing found for “zzqxjvwkq”', details: 'About this document' },
  ru: { locale: 'ru-RU', search: 'Найти', results: ['1 результат', '2 результата', '5 результатов', '1\u00a0234 результата'], day: '25 января 2022\u00a0г.', month: 'январь 2022\u00a0г.', year: '2022', rail: 'Фильтры', nothing: 'По запросу «zzqxjvwkq» ничего не найдено', details: 'О документе' },
  kk: { locale: 'kk-KZ', search: 'Іздеу', results: ['1 нәтиже', '2 нәтиже', '5 нәтиже', '1\u00a0234 нәтиже'], day: '2022 жылғы 25 қаңтар', month: '2022 жылғы қаңтар', year: '2022', rail: 'Сүзгілер', nothing: '«zzqxjvwkq» бойынша ештеңе табылмады', details: 'Құжат туралы' },
  zh: { locale: 'zh-CN', search: '搜索', results: ['1 条结果', '2 条结果', '5 条结果', '1,234 条结果'], day: '2022年1月25日', month: '2022年1月', year: '2022年', rail: '筛选', nothing: '没有找到与“zzqxjvwkq”相关的内容', details: '文档信息' },
};

const wordsOf = async (tongue) => JSON.parse(await readFile(path.join(web, `${tongue}.json`), 'utf8'));

test('Every language has all the words, with the same gaps', async () => {
  const optional = ['monthsOfDays', 'ago', 'numbers', 'warnings'];
  const shape = (value, key) => {
    if (typeof value === 'string') return [...value.matchAll(/\{\w+\}/g)].map(String).sort().join();
    if (Array.isArray(value)) return value.length;
    if ('other' in value) return shape(value.other, key);
    return Object.fromEntries(Object.keys(value).sort().map((name) => [name, shape(value[name], name)]));
  };
  const shapes = {};
  for (const tongue of Object.keys(tongues)) {
    const words = await wordsOf(tongue);
    for (const key of optional) delete words[key];
    shapes[tongue] = shape(words);
  }
  for (const tongue of Object.keys(tongues)) assert.deepEqual(shapes[tongue], shapes.en, tongue);
});

test('Every warning that the server can give has its words in each language but English, in which the server says it', async () => {
  const { components } = await ask('/openapi.json');
  const codes = components.schemas.WarningCodes.items.properties.code.enum;
  assert.ok(codes.length > 30);
  for (const tongue of Object.keys(tongues)) {
    const { warnings } = await wordsOf(tongue);
    if (tongue === 'en') assert.equal(warnings, undefined);
    else assert.deepEqual(Object.keys(warnings).sort(), [...codes].sort(), tongue);
  }
});

test('Plural forms are those of the language, for every number', async () => {
  for (const tongue of Object.keys(tongues)) {
    const words = await wordsOf(tongue);
    const rules = new Intl.PluralRules(tongue);
    for (const [key, forms] of Object.entries(words)) {
      if (!forms?.other) continue;
      for (let n = 0; n < 130; n += 1) {
        const form = rules.select(n);
        assert.ok(forms[form] || ['en', 'ru'].indexOf(tongue) < 0, `${tongue} ${key} has no form “${form}”`);
      }
    }
  }
});

test('Every word that the page and the server say is there', async () => {
  const words = await wordsOf('en');
  const sources = await Promise.all(['search.js', 'filters.js', 'hits.js', 'notes.js', 'document.js', 'index.html'].map((name) => readFile(path.join(web, name), 'utf8')));
  const said = sources.flatMap((text) => [...text.matchAll(/(?:say|sayWith)\('(\w+)'|data-(?:text|label)="(\w+)"/g)].map(([, a, b]) => a ?? b));
  assert.ok(said.length > 40);
  for (const key of said) assert.ok(key in words, key);
});

// The same from the page and from the one without JavaScript.
for (const [tongue, said] of Object.entries({ en: 'A parenthesis has no partner and was ignored.', ru: 'Скобка без пары пропущена.', kk: 'Жұбы жоқ жақша ескерілмеді.', zh: '有括号不成对，已忽略。' })) {
  pageTest(`In ${tongue} warnings are said in that language, quoting the query`, { locale: tongues[tongue].locale }, async (page) => {
    for (const route of ['/', '/search']) {
      await page.goto(`${route}?q=${encodeURIComponent('dust) storm date:2022-99')}`);
      await page.locator('.warning').getByText(said, { exact: true }).waitFor();
      await page.locator('.warning').getByText('date:2022-99').waitFor();
      assert.equal(await page.locator('.warning[lang]').count(), 0);
    }
  });
}

for (const [tongue, { locale, ...words }] of Object.entries(tongues)) {
  for (const colorScheme of ['light', 'dark']) {
    pageTest(`The page in ${tongue}, ${colorScheme}`, { locale, colorScheme }, async (page) => {
      let change = () => {};
      await rewriteAnswers(page, (answer) => change(answer));
      change = (answer) => {
        answer.hits = answer.hits.slice(0, 3);
        for (const [i, [value, precision]] of [['2022-01-25', 'day'], ['2022-01', 'month'], ['2022', 'year']].entries()) {
          Object.assign(answer.hits[i].date, { value, precision });
        }
      };
      await page.goto('/?q=Khorgos');
      await hits(page).nth(2).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), tongue);
      await page.getByRole('button', { name: words.search, exact: true }).waitFor();
      await page.getByRole('complementary', { name: words.rail }).waitFor();
      for (const [i, date] of [words.day, words.month, words.year].entries()) {
        assert.equal(await hits(page).nth(i).locator('time').textContent(), date);
      }
      for (const [i, total] of [1, 2, 5, 1234].entries()) {
        change = (answer) => { answer.total = total; };
        await page.goto(`/?q=Khorgos&page=1&sort=${['newest', 'oldest'][i % 2]}`);
        await page.getByText(words.results[i], { exact: false }).first().waitFor();
      }
      change = () => {};
      await page.goto('/?q=zzqxjvwkq');
      await page.getByText(words.nothing).waitFor();
      await fitsItsWidth(page);
      const [{ id }] = (await search({ q: 'Khorgos' })).hits;
      await page.goto(`/doc/${id}?q=Khorgos`);
      assert.equal(await page.evaluate(() => document.documentElement.lang), tongue);
      await page.getByRole('complementary', { name: words.details }).waitFor();
      await page.locator('#marks').waitFor();
      const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).map(Number));
      assert.equal(paper[0] < 128, colorScheme === 'dark');
    });
  }
}

pageTest('Dates are those of Intl where the browser knows the language', { locale: 'ru-RU' }, async (page) => {
  await page.goto('/');
  const differences = await page.evaluate(async (locales) => {
    const { dateText, tongue } = await import('/words.js');
    const out = [];
    for (let month = 0; month < 12; month += 1) {
      const date = new Date(Date.UTC(2022, month, 25));
      const iso = date.toISOString();
      for (const [length, style] of [[10, { day: 'numeric', month: 'long', year: 'numeric' }], [7, { month: 'long', year: 'numeric' }]]) {
        const ours = dateText({ value: iso.slice(0, length) }).replaceAll('\u00a0', ' ');
        const theirs = new Intl.DateTimeFormat(locales[tongue], { ...style, timeZone: 'UTC' }).format(date).replaceAll('\u00a0', ' ');
        if (ours !== theirs) out.push([ours, theirs]);
      }
    }
    return out;
  }, { ru: 'ru-RU' });
  assert.deepEqual(differences, []);
});

pageTest('The language can be switched, is remembered, and what was asked stays', { locale: 'de-DE' }, async (page) => {
  await page.goto('/?q=Khorgos');
  await shows(page, await search({ q: 'Khorgos' }));
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en', 'English where none fits');
  await page.getByLabel('Language of the page').selectOption('kk');
  await page.getByRole('button', { name: 'Іздеу', exact: true }).waitFor();
  await shows(page, await search({ q: 'Khorgos' }));
  assert.equal(await box(page).inputValue(), 'Khorgos');
  await page.goto('/');
  await page.locator('html[lang=kk]').waitFor();
  const [{ id }] = (await search({ q: 'Khorgos' })).hits;
  await page.goto(`/doc/${id}`);
  await page.getByRole('link', { name: 'Русский' }).click();
  await page.getByRole('complementary', { name: 'О документе' }).waitFor();
  await page.goto('/');
  await page.getByRole('button', { name: 'Найти', exact: true }).waitFor();
});

pageTest('Where the words of a language come broken, the page still searches', { locale: 'ru-RU' }, async (page) => {
  await page.route('**/ru.json', (route) => route.fulfill({ contentType: 'application/json', body: '{"results":' }));
  await page.goto('/?q=Khorgos');
  await shows(page, await search({ q: 'Khorgos' }));
});

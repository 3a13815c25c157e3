// Every word the page says: those of en.json and its like in the reader's language, and Intl where it knows that language.

export const tongues = { en: 'English', ru: 'Русский', kk: 'Қазақша', zh: '中文' };
const regions = { en: 'en-GB', ru: 'ru-RU', kk: 'kk-KZ', zh: 'zh-CN' };

function chosen() {
  const kept = /(?:^|; )lang=(\w+)/.exec(document.cookie)?.[1];
  const wanted = [kept, ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  return wanted.find((tag) => tag in tongues) ?? 'en';
}

export const tongue = chosen();
const words = await fetch(`/${tongue}.json`).then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({}));
document.documentElement.lang = tongue;

// A cookie, so that pages rendered by the server are in this language too.
export function choose(other) {
  document.cookie = `lang=${other}; path=/; max-age=31536000; samesite=lax`;
  location.reload();
}

const locale = regions[tongue];
const numbers = new Intl.NumberFormat(words.numbers ?? locale);
const plurals = new Intl.PluralRules(locale);
export const number = (n) => numbers.format(n);

// say('results', { n: 2 }): "2 results".
export function say(key, values = {}) {
  let text = words[key] ?? key;
  if (typeof text === 'object') text = text[plurals.select(values.n)] ?? text.other;
  return text.replace(/\{(\w)\}/g, (gap, name) => {
    const value = values[name] ?? gap;
    return typeof value === 'number' ? number(value) : value;
  });
}

// A warning of the server, which says it in English: in the reader's language where that has a sentence for its code.
export const warned = ({ code, about } = {}, english = '') => words.warnings?.[code]?.replaceAll('{x}', () => about ?? '') ?? english;

// The same with nodes in the gaps, as a list of nodes and texts.
export const sayWith = (key, nodes) =>
  (words[key] ?? key).split(/(\{\w\})/).flatMap((piece) => (/^\{\w\}$/.test(piece) ? nodes[piece[1]] : piece));

export const origin = (source) => words.origin?.[source] ?? source;

let names;
export function languageName(code) {
  const known = words.languages?.[code || 'und'];
  if (known) return known;
  try {
    names ??= new Intl.DisplayNames([locale], { type: 'language' });
    return names.of(code);
  } catch {
    return code; // not a language tag at all
  }
}

// A date as precise as it is known: "25 January 2022", "January 2022", "2022". Patterns instead of Intl, since browsers
// lack Kazakh and the server writes the same.
export function dateText({ value, text }) {
  if (!value) return text || '';
  const [, y, m, d] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(value) ?? [];
  if (!y || !words.dates) return value;
  const months = (d && words.monthsOfDays) || words.months;
  const gaps = { y: String(Number(y)), month: months[m - 1], d: String(Number(d)) };
  return words.dates[d ? 'day' : m ? 'month' : 'year'].replace(/\{(\w+)\}/g, (gap, name) => gaps[name] ?? gap);
}

export const fullTime = (date) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(date);

const spans = [['year', 31557600], ['month', 2629800], ['day', 86400], ['hour', 3600], ['minute', 60], ['second', 0]];

// "3 hours ago"; a clock that runs ahead is "now", never "in 2 minutes".
export function ago(date, now = new Date()) {
  const seconds = Math.max(0, (now - date) / 1000);
  const [unit, size] = spans.find(([, least]) => seconds >= least);
  const n = size ? Math.trunc(seconds / size) : 0;
  if (words.ago) return words.ago[unit].replace('{n}', number(n));
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-n, unit);
}

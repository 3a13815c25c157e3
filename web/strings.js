// Every word the page says, in one place. Another interface language is another object like this one.

export const locale = 'en-GB';

const number = new Intl.NumberFormat(locale);
const count = (n, one, many) => `${number.format(n)} ${n === 1 ? one : many}`;

export const say = {
  boxLabel: 'Search the documents',
  boxHint: 'Search…',
  submit: 'Search',
  langsLabel: 'Languages',
  sortLabel: 'Order',
  sorts: { relevance: 'Relevance', newest: 'Newest first', oldest: 'Oldest first' },
  resultsLabel: 'Results',
  pagesLabel: 'Pages',
  moreLangs: 'More…',
  unknownLang: 'Unknown language',
  keys: [['/', 'search'], ['↓ ↑', 'walk through results'], ['Enter', 'open'], ['Esc', 'clear']],

  documents: (n) => count(n, 'document', 'documents'),
  built: 'index built ',
  browse: 'Browse the newest',

  page: (n) => number.format(n),
  pageLabel: (n) => `Page ${number.format(n)}`,
  previous: 'Previous',
  next: 'Next',

  // "27 results in 2 ms", "About 1,200 results in 14 ms, page 2 of 120"
  found({ total, exact, ms, page, pages }) {
    if (total === 0) return 'No results';
    const results = (exact ? '' : 'About ') + count(total, 'result', 'results');
    const time = ms < 1 ? 'less than 1 ms' : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
    const where = page > 1 ? `, page ${number.format(page)} of ${number.format(pages)}` : '';
    return `${results} in ${time}${where}`;
  },
  timedOut: 'The search took too long and was cut short: there may be more results than these.',
  didYouMean: 'Did you mean ',
  alsoSearched: 'Also searched for: ',
  similar: (n) => `and ${number.format(n)} similar`,
  moreSimilar: (n) => `and ${number.format(n)} more`,

  nothing: (q) => (q ? `Nothing found for “${q}”.` : 'There is nothing here.'),
  tryThis: 'You could try:',
  tries: [
    'fewer or more general words',
    'another spelling of a name',
    'the beginning of a word with a star: kazakh*',
  ],
  tryAllLangs: 'Search in all languages',
  noSuchPage: (n) => `There is no page ${number.format(n)} of these results.`,
  firstPage: 'Go to the first page',

  retry: 'Retry',
  reference: (status, id) => [status && `HTTP ${status}`, id && `request ${id}`].filter(Boolean).join(', '),
  problems: {
    offline: ['You are offline', 'The search continues as soon as the connection is back.'],
    unreachable: ['The search server does not answer', 'It may be stopped or restarting. Your words are still in the box.'],
    slow: ['The search server took too long', 'It may be busy. Try again in a moment.'],
    noindex: ['No index yet', 'Run izde-indexer rebuild on the server; this page notices when the index is ready.'],
    busy: ['The search server is busy', 'The page tries again by itself in a moment.'],
    request: ['The server refused this search', ''],
    server: ['Something went wrong on the server', 'The server’s log says more.'],
    garbled: ['The server sent something unexpected', 'Is another program answering at this address?'],
  },
};

const displayNames = new Intl.DisplayNames([locale], { type: 'language' });

export function languageName(code) {
  if (!code || code === 'und') return say.unknownLang;
  try {
    return displayNames.of(code);
  } catch {
    return code; // not a language tag at all
  }
}

// A date as precise as it is known: "25 Jan 2022", "January 2022", "2022".
export function dateText({ value, precision, text }) {
  if (!value) return text || '';
  const [year, month = 1, day = 1] = value.split('-').map(Number);
  const style = {
    day: { day: 'numeric', month: 'short', year: 'numeric' },
    month: { month: 'long', year: 'numeric' },
    year: { year: 'numeric' },
  }[precision];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (!style || Number.isNaN(date.getTime())) return value;
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(date);
}

export const fullTime = (date) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(date);

// "3 hours ago"; a clock that runs ahead is "now", never "in 2 minutes".
export function ago(date, now = new Date()) {
  const seconds = Math.min(0, (date - now) / 1000);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, size] of [['year', 31557600], ['month', 2629800], ['day', 86400], ['hour', 3600], ['minute', 60]]) {
    if (-seconds >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return words.format(0, 'second');
}

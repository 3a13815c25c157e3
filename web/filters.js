// The rail of facets, the histogram of dates, and the chips of what is chosen.

import { dateText, languageName, number, say } from './words.js';
import { $, el, go } from './dom.js';
import { but, facets, isDated, isFiltered, switches, toggled, unfiltered } from './state.js';

const few = 6; // values of a facet before the rest is asked for
const bars = 12; // as many as fit in the rail and under a finger
const whole = new Set(); // facets shown to their end

export const facetName = (name, value) => (name === 'lang' ? languageName(value) : value);

// The year that the whole range lies in, or null.
function oneYear({ from, to }) {
  const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
  return first && first === last ? first : null;
}

// What the histogram shows.
export const timeFacet = (state) => (oneYear(state) ? 'month' : 'year');

function value(state, name, { value: one, count }) {
  const chosen = state[name].includes(one);
  const words = [el('span', {}, facetName(name, one)), el('span', { class: 'n' }, number(count))];
  return el('li', {}, go(toggled(state, name, one), { 'data-facet': name, 'aria-current': chosen && 'true' }, ...words));
}

function facet(state, name, { values, other }) {
  const missing = state[name].filter((one) => !values.some((known) => known.value === one));
  const all = [...missing.map((one) => ({ value: one, count: 0 })), ...values];
  if (!all.length || (all.length === 1 && !state[name].length && !other)) return null;
  const shown = whole.has(name) ? all : all.filter((one, i) => i < few || state[name].includes(one.value));
  const more = shown.length < all.length || whole.has(name);
  return el(
    'section',
    {},
    el('h2', {}, say(name)),
    el('ul', {}, ...shown.map((one) => value(state, name, one))),
    more && all.length > few
      ? el('button', { type: 'button', 'data-action': 'whole', 'data-facet': name, 'aria-expanded': String(whole.has(name)) },
        whole.has(name) ? say('fewer') : say('all', { n: all.length }))
      : null,
    other && whole.has(name) ? el('p', { class: 'quiet' }, say('others', { n: other })) : null,
  );
}

export const toggleWhole = (name) => whole.delete(name) || whole.add(name);

// Years in at most twelve bars: alone, or by twos, fives, tens and so on.
function spans(values) {
  const years = values.map(({ value: year, count }) => [Number(year), count]);
  const [first, last] = [Math.min(...years.map(([y]) => y)), Math.max(...years.map(([y]) => y))];
  const size = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((n) => Math.floor(last / n) - Math.floor(first / n) < bars);
  const start = Math.floor(first / size) * size;
  const out = [];
  for (let year = start; year <= last; year += size) {
    const count = years.reduce((sum, [y, n]) => sum + (y >= year && y < year + size ? n : 0), 0);
    const [from, to] = [year, year + size - 1].map((y) => String(Math.max(y, 0)).padStart(4, '0'));
    out.push({ from, to, count, name: from === to ? String(year) : `${year}–${to}`, short: String(year) });
  }
  return out;
}

function months(year, values) {
  const counts = new Map(values.map(({ value: month, count }) => [month, count]));
  return Array.from({ length: 12 }, (_, i) => {
    const month = `${year}-${String(i + 1).padStart(2, '0')}`;
    return { from: month, to: month, count: counts.get(month) ?? 0, name: dateText({ value: month }), short: number(i + 1) };
  });
}

// Heights are classes, since the policy allows no inline styles: h0 (none) to h20.
function bar(state, most, { from, to, count, name, short }) {
  const height = count ? Math.max(1, Math.round((20 * count) / most)) : 0;
  const chosen = state.from === from && state.to === to;
  const label = `${name}: ${say('count', { n: count })}`;
  const parts = [el('span', { class: `h${height}` }), el('span', { class: 'year', 'aria-hidden': 'true' }, short)];
  if (!count && !chosen) return el('li', { title: label }, ...parts);
  const next = but(state, chosen ? { from: '', to: '' } : { from, to });
  return el('li', {}, go(next, { 'aria-label': label, title: label, 'aria-current': chosen && 'true' }, ...parts));
}

function histogram(state, counts) {
  const year = oneYear(state);
  const values = counts[timeFacet(state)]?.values ?? [];
  if (!values.length && !isDated(state)) return null;
  const all = year ? months(year, values) : values.length ? spans(values) : [];
  const most = Math.max(1, ...all.map(({ count }) => count));
  const field = (name) => el('label', {}, say(name), el('input', { name, value: state[name], size: 10, maxlength: 10, placeholder: '2022-01', autocomplete: 'off', pattern: '\\d{4}(-\\d\\d){0,2}', title: say('dateHint') }));
  return el(
    'section',
    { class: 'when' },
    el('h2', {}, say('date'), year ? el('span', {}, ` ${year}`) : null),
    el('ol', { class: all.length > 6 ? 'bars' : 'bars wide' }, ...all.map((one) => bar(state, most, one))),
    isDated(state) ? el('p', { class: 'zoom' }, go(but(state, { from: '', to: '', undated: false }), {}, say('allDates')),
      go(but(state, { undated: !state.undated }), { 'aria-current': state.undated && 'true', class: 'check' }, say('undated'))) : null,
    el('form', { id: 'range', novalidate: true }, field('from'), field('to'), el('button', { type: 'submit' }, say('apply')),
      el('p', { class: 'warning', role: 'alert', hidden: true }, say('badDate'))),
  );
}

function options(state) {
  const one = (name) => el('li', {}, go(but(state, { [name]: !state[name] }), { class: 'check', 'aria-current': state[name] && 'true' }, say(name)));
  return el('section', {}, el('h2', {}, say('how')), el('ul', {}, ...switches.map(one)));
}

// `counts`: of each facet, { values, other }.
export function show(state, counts) {
  const at = [...$('rail').querySelectorAll('a, button, input')].indexOf(document.activeElement);
  const key = document.activeElement?.getAttribute?.('href') ? document.activeElement.textContent : null;
  const typed = document.activeElement?.closest?.('#range');
  if (typed) return; // somebody is typing a date there
  const none = { values: [], other: 0 };
  const groups = [histogram(state, counts), ...facets.map((name) => facet(state, name, counts[name] ?? none)), options(state)];
  $('rail').replaceChildren(...groups.filter(Boolean));
  if (at < 0) return;
  const all = [...$('rail').querySelectorAll('a, button, input')];
  (all.find((node) => key && node.textContent === key) ?? all[at] ?? all.at(-1))?.focus({ preventScroll: true });
}

function chip(next, text) {
  return go(next, { class: 'chip', 'aria-label': say('remove', { x: text }) }, el('span', {}, text));
}

export function chips(state) {
  const out = facets.flatMap((name) => state[name].map((one) => chip(toggled(state, name, one), facetName(name, one))));
  if (isDated(state)) {
    const [from, to] = [state.from, state.to].map((one) => dateText({ value: one }));
    const text = from === to ? from : `${from || '…'} – ${to || '…'}`;
    out.push(chip(but(state, { from: '', to: '', undated: false }), text));
  }
  for (const name of switches) if (!state[name]) out.push(chip(but(state, { [name]: true }), say('off', { x: say(name) })));
  if (out.length > 1 && isFiltered(state)) out.push(go(unfiltered(state), { class: 'clear' }, say('clear')));
  $('chips').hidden = !out.length;
  $('chips').replaceChildren(...out);
}

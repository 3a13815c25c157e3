// What the page has to say about an answer: how many, what else was looked for, what was not understood, what went wrong.

import { ago, fullTime, number, say, sayWith, tongue, warned } from './words.js';
import { $, el, go } from './dom.js';
import { but, isFiltered, read, unfiltered } from './state.js';

const listed = 6; // words of one expansion
const oldAfter = 8 * 86400; // seconds; unless the server says max_age_seconds

// "27 results · page 2 of 3 · 2 ms", the time in a node of its own, which narrow windows leave out.
export function counted({ total, total_exact: exact = true, took_ms: ms = 0, page, pages }) {
  if (total === 0) return [say('none')];
  const results = say('results', { n: total });
  const time = ms < 1 ? '< 1 ms' : ms < 1000 ? `${number(Math.round(ms))} ms` : `${number(Math.round(ms / 100) / 10)} s`;
  const text = [exact ? results : say('about', { x: results }), page > 1 && say('pageOf', { n: page, m: pages })];
  return [text.filter(Boolean).join(' · '), el('span', { class: 'took' }, ` · ${time}`)];
}

const joined = (texts) => texts.slice(0, listed).join(', ') + (texts.length > listed ? ', …' : '');

// What was looked for beyond what was typed, and the way back to the letter.
function widened(state, expansions) {
  const typos = expansions.filter(({ why }) => why === 'typo');
  const names = [...new Set(expansions.filter(({ why }) => why !== 'typo').flatMap(({ also }) => also ?? []))];
  const out = typos.flatMap(({ term, also = [] }) => [...sayWith('readAs', { a: el('b', {}, term), x: el('b', {}, joined(also)) }), ' ']);
  if (names.length) out.push(...sayWith('also', { x: el('span', { class: 'also' }, joined(names)) }), ' ');
  if (!out.length) return null;
  const literal = but(state, { ...(names.length && { variants: false }), ...(typos.length && { typo: false }) });
  return el('p', { class: 'quiet' }, ...out, go(literal, { class: 'undo' }, say('literal')));
}

export function show(state, answer) {
  const { warnings = [], warning_codes: codes = [], suggestion, expansions = [], begun } = answer.query ?? {};
  const out = [];
  if (suggestion) out.push(el('p', { class: 'meant' }, ...sayWith('meant', { x: go(but(state, { q: suggestion }), {}, suggestion) })));
  if (begun) out.push(el('p', { class: 'quiet' }, ...sayWith('begun', { x: el('b', {}, begun) })));
  warnings.forEach((warning, i) => out.push(el('p', { class: 'warning' }, warned(codes[i], String(warning)))));
  const also = widened(state, expansions);
  if (also) out.push(also);
  $('notes').replaceChildren(...out);
}

export function nothing(state, answer) {
  if (answer.total > 0) {
    return [el('p', { class: 'big' }, say('noPage', { n: state.page })), el('p', {}, go(but(state, {}), {}, say('firstPage')))];
  }
  if (answer.index?.documents === 0) return [el('p', { class: 'big' }, say('empty')), el('p', {}, say('emptyHint'))];
  const q = state.q.trim();
  const tries = (q ? ['tryWords', 'trySpelling', 'tryStar'] : []).map((key) => el('li', {}, say(key)));
  if (isFiltered(state)) tries.unshift(el('li', {}, go(unfiltered(state), {}, say('tryFilters'))));
  return [
    el('p', { class: 'big' }, q ? say('nothing', { q }) : say('nothingAtAll')),
    tries.length ? el('p', {}, say('try')) : '',
    tries.length ? el('ul', {}, ...tries) : '',
  ];
}

const time = (built) => el('time', { datetime: built.toISOString(), title: fullTime(built) }, ago(built));

// How many documents there are and since when; and a line above the hits when they are old news.
export function about({ documents, built_at: at, age_seconds: age, max_age_seconds: most = oldAfter, last_error: error }) {
  const built = new Date(at);
  const known = at && !Number.isNaN(built.getTime());
  const parts = [say('count', { n: documents })];
  if (known) parts.push(el('span', {}, ...sayWith('built', { x: time(built) })));
  if (documents > 0) parts.push(go(read('?sort=newest'), { class: 'browse' }, say('browse')));
  $('about').replaceChildren(...parts.map((part) => el('span', {}, part)));
  $('stale').replaceChildren(...[
    known && age > most && el('p', { class: 'warning' }, ...sayWith('old', { x: time(built) })),
    error && el('p', { class: 'warning' }, say('notOpened')),
  ].filter(Boolean));
}

const reference = (status, id) => [status && `HTTP ${status}`, id].filter(Boolean).join(' · ');

export const inTrouble = () => document.body.dataset.view === 'problem';

// Not again when the page asks by itself and meets the same: a screen reader would repeat it.
export const isSaid = (failure) => inTrouble() && $('problem').dataset.kind === failure.kind;

export function problem(state, failure) {
  const { kind, problem: theirs, status } = failure;
  const retrying = document.activeElement?.dataset.action === 'retry';
  // The server's words where it knows more than the page does.
  const lines = kind === 'request' || kind === 'server' ? [theirs.detail, theirs.hint ?? say(`${kind}Hint`)] : [say(kind === 'busy' ? 'slowHint' : `${kind}Hint`)];
  if (['busy', 'noindex', 'badindex'].includes(kind)) lines.push(say('notices'));
  const foreign = kind === 'request' && tongue !== 'en' ? 'en' : null;
  const retry = failure.canRetry ? el('button', { type: 'button', 'data-action': 'retry' }, say('retry')) : null;
  $('problem').dataset.kind = kind;
  $('problem').replaceChildren(
    el('p', { class: 'big' }, say(kind)),
    ...lines.filter(Boolean).map((line) => el('p', { lang: foreign }, line)),
    kind === 'request' && state.page > 1 ? el('p', {}, go(but(state, {}), {}, say('firstPage'))) : '',
    status && (kind === 'request' || kind === 'server') ? el('p', { class: 'quiet' }, reference(status, theirs.request_id)) : '',
    retry ?? '',
  );
  if (retrying) retry?.focus();
}

// What the page shows, as an address: read it from one, write it to one. Nothing else is kept.

export const sorts = ['relevance', 'newest', 'oldest'];
export const facets = ['lang', 'source', 'author', 'place', 'format'];
export const switches = ['variants', 'typo', 'collapse']; // on unless the address says off

const date = (text) => (/^\d{4}(-\d\d){0,2}$/.test(text ?? '') ? text : '');

export function read(search) {
  const params = new URLSearchParams(search);
  const page = params.get('page') ?? '';
  const sort = params.get('sort');
  const state = {
    q: params.get('q') ?? '',
    page: /^[1-9]\d{0,8}$/.test(page) ? Number(page) : 1,
    sort: sorts.includes(sort) ? sort : sorts[0],
    from: date(params.get('from')),
    to: date(params.get('to')),
    undated: params.get('undated') === 'include',
  };
  for (const name of facets) state[name] = [...new Set(params.getAll(name).filter(Boolean))];
  for (const name of switches) state[name] = params.get(name) !== 'off';
  return state;
}

export const isDated = ({ from, to }) => Boolean(from || to);
export const isFiltered = (state) => isDated(state) || facets.some((name) => state[name].length);

export function params(state) {
  const out = new URLSearchParams();
  if (state.q) out.set('q', state.q);
  for (const name of facets) for (const value of state[name]) out.append(name, value);
  for (const name of ['from', 'to']) if (state[name]) out.set(name, state[name]);
  if (state.undated && isDated(state)) out.set('undated', 'include');
  if (state.sort !== sorts[0]) out.set('sort', state.sort);
  for (const name of switches) if (!state[name]) out.set(name, 'off');
  if (state.page > 1) out.set('page', state.page);
  return out;
}

export function href(state, path = '/') {
  const query = params(state).toString();
  return query ? `${path}?${query}` : path;
}

// The same search narrowed or widened begins at its first page.
export const but = (state, changes) => ({ ...state, page: 1, ...changes });
export const unfiltered = (state) => but(state, { ...Object.fromEntries(facets.map((name) => [name, []])), from: '', to: '', undated: false });

export function toggled(state, name, value) {
  const rest = state[name].filter((one) => one !== value);
  return but(state, { [name]: rest.length < state[name].length ? rest : [...rest, value] });
}

// Nothing asked for: the start page. An empty box with a filter or an order browses instead.
export const isStart = (state) => href({ ...state, q: state.q.trim(), page: 1 }) === '/';

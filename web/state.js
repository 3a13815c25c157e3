// What the page shows, as an address: read it from one, write it to one. Nothing else is kept.

export const sorts = ['relevance', 'newest', 'oldest'];

export function read(search) {
  const params = new URLSearchParams(search);
  const page = params.get('page') ?? '';
  const sort = params.get('sort');
  return {
    q: params.get('q') ?? '',
    page: /^[1-9]\d{0,8}$/.test(page) ? Number(page) : 1,
    sort: sorts.includes(sort) ? sort : sorts[0],
    langs: [...new Set(params.getAll('lang').filter(Boolean))],
  };
}

export function params(state) {
  const out = new URLSearchParams();
  if (state.q) out.set('q', state.q);
  for (const lang of state.langs) out.append('lang', lang);
  if (state.sort !== sorts[0]) out.set('sort', state.sort);
  if (state.page > 1) out.set('page', state.page);
  return out;
}

export function href(state) {
  const query = params(state).toString();
  return query ? `/?${query}` : '/';
}

// Nothing asked for: the start page. An empty box with a filter or an order browses instead.
export const isStart = (state) => href({ ...state, q: state.q.trim(), page: 1 }) === '/';

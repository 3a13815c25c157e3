// Talks to the server. Every way it can fail comes out as one Failure that the page can put into words.

const patience = 15000; // ms

export class Failure extends Error {
  constructor(kind, { status = 0, retryAfter = 0, problem = {} } = {}) {
    super(kind);
    Object.assign(this, { kind, status, retryAfter, problem });
  }

  // Asking the same again cannot help with a request the server rejects.
  get canRetry() {
    return this.kind !== 'request';
  }
}

function kindOf(status, code = '') {
  if (code === 'index_missing') return 'noindex';
  if (code.startsWith('index_') && code !== 'index_busy') return 'badindex';
  if (status === 503 || status === 429) return 'busy';
  if (status === 502 || status === 504) return 'unreachable'; // a proxy in front speaks for a server that is down
  return status >= 500 ? 'server' : 'request';
}

// The answer, or null when `controller` was aborted because nobody waits for it any more.
async function get(path, controller = new AbortController()) {
  let late = false;
  const alarm = setTimeout(() => {
    late = true;
    controller.abort();
  }, patience);
  let response;
  let body;
  try {
    response = await fetch(path, { signal: controller.signal, headers: { Accept: 'application/json' } });
    const isJson = /[/+]json\b/.test(response.headers.get('Content-Type') ?? '');
    body = isJson ? await response.json() : null;
  } catch (error) {
    if (late) throw new Failure('slow');
    if (controller.signal.aborted) return null;
    if (error instanceof SyntaxError) throw new Failure('garbled', { status: response.status });
    throw new Failure(navigator.onLine === false ? 'offline' : 'unreachable');
  } finally {
    clearTimeout(alarm);
  }
  if (controller.signal.aborted) return null;
  if (!response.ok) {
    const problem = body && typeof body === 'object' ? body : {};
    const retryAfter = Number(response.headers.get('Retry-After')) || 0;
    throw new Failure(kindOf(response.status, problem.code), { status: response.status, retryAfter, problem });
  }
  if (!body || typeof body !== 'object') throw new Failure('garbled', { status: response.status });
  return body;
}

// A question whose answer has a list of this name.
const lists = (route, name) => async (params, controller) => {
  const answer = await get(`/api/v1/${route(params)}`, controller);
  if (answer && !Array.isArray(answer[name])) throw new Failure('garbled');
  return answer;
};

export const search = lists((params) => `search?${params}`, 'hits');
export const similar = lists((id) => `documents/${encodeURIComponent(id)}/similar`, 'hits');
export const suggest = lists((typed) => `suggest?${new URLSearchParams({ q: typed, limit: 7 })}`, 'suggestions');
export const ready = (controller) => get('/readyz', controller);

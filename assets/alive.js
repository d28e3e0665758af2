/* Whether the centre still answers. Dash is silent when a question fails, so this script has a pulse of its own: it tells
   the reader when the connection or the answers are lost, greys the figures, and asks again once the server is back.
   It also notices new figures, a new day and a new build, and says so where figures come from a standby that its primary
   no longer reaches. */
(function () {
  'use strict';

  const SECOND = 1000;
  const MINUTE = 60 * SECOND;
  const BEAT = 5 * SECOND;
  const BEAT_LIMIT = 4 * SECOND;
  /* So many beats have to fail in a row: one may be lost on the way. */
  const BEATS = 2;
  /* A wall says how often it asks for its screen, so that it learns of questions that fail without anybody's click. */
  const REFRESH = Number(document.documentElement.dataset.refresh) * SECOND || 0;
  const SILENCE = (REFRESH ? 4 : 8) * SECOND;
  const AGAIN = 6 * SECOND;
  const QUESTION_LIMIT = 15 * SECOND;
  /* An answer that has begun has so long to arrive and be drawn. */
  const ARRIVAL = 5 * SECOND;
  const START_LIMIT = 30 * SECOND;
  const RENEW = REFRESH ? REFRESH - SECOND : 5 * MINUTE;
  const RENEW_FAILURE = 30 * SECOND;
  const LATE = 15 * MINUTE;
  const OLD = 60 * MINUTE;
  const VIETNAM = 7 * 60 * MINUTE;
  const BUILDS = 'centre-builds';

  const centre = window.centre;
  const page = document.documentElement;
  const now = function () { return window.performance.now(); };
  const ownBuild = (/\/static\/([^/]+)\//.exec(document.currentScript.src) || [])[1];

  const underway = new Set();
  let failed = 0;
  /* Answers in a row that were none. */
  let refused = 0;
  let failing = 'gone';
  let everLost = false;
  let contact = null;
  let waiting = null;
  let asked = { number: null, at: 0 };
  let version = null;
  let lost = null;
  let cutOff = null;
  let cuts = 0;
  let banner = null;
  let beating = false;
  let timer = null;

  /* Questions of the page: known to be under way, and given up after a while, so that they never pile up. */
  const send = window.fetch;
  window.fetch = function (address, given) {
    if (!/\/_dash-update-component(\?|$)/.test(String(address))) return send.apply(window, arguments);
    /* Nothing is asked any more, and nothing is told of that. */
    if (centre.closed) return new Promise(function () {});
    const question = {};
    const stop = new AbortController();
    const over = function () { underway.delete(question); };
    underway.add(question);
    window.setTimeout(function () { stop.abort(); }, QUESTION_LIMIT);
    const answer = send.call(window, address, Object.assign({}, given, { signal: stop.signal }));
    answer.then(function (begun) {
      refused = begun.ok ? 0 : refused + 1;
      if (begun.status === 401) document.dispatchEvent(new CustomEvent('centre:unknown'));
      if (begun.ok) window.setTimeout(over, ARRIVAL);
      else over();
    }, over);
    return answer;
  };

  /* Times are the server's: what it said last, and what went by since. A clock that is set back takes nothing off. */
  function met(server) {
    if (server) contact = { server: server, at: now(), wall: Date.now() };
  }

  function serverNow() {
    if (!contact) return Date.now();
    return contact.server + Math.max(now() - contact.at, Date.now() - contact.wall);
  }

  /* For clocks of the page; null before the server was heard. */
  centre.now = function () { return contact ? serverNow() : null; };
  /* Asked again at once, since something says that it is no longer as it was. */
  centre.beat = beat;

  function chip() { return document.querySelector('.freshness'); }

  function pulled() {
    const found = chip();
    return found ? Date.parse(found.dataset.pulled) : NaN;
  }

  function beat() {
    if (beating) return;
    beating = true;
    window.clearTimeout(timer);
    const began = now();
    const stop = new AbortController();
    const limit = window.setTimeout(function () { stop.abort(); }, BEAT_LIMIT);
    let reached = false;
    send.call(window, '/heartbeat', { cache: 'no-store', signal: stop.signal }).then(function (answer) {
      reached = true;
      /* What is not read stays open until the browser clears up. */
      return answer.ok ? answer.json() : answer.text().then(function () { return null; });
    }).catch(function () { return null; }).then(function (told) {
      window.clearTimeout(limit);
      beating = false;
      const server = told ? Date.parse(told.now) : NaN;
      if (server) good(told, server);
      else bad(reached);
      look();
      timer = window.setTimeout(beat, Math.max(SECOND / 2, BEAT - (now() - began)));
    });
  }

  function bad(reached) {
    failed += 1;
    failing = reached ? 'silent' : 'gone';
    if (failed >= BEATS) everLost = true;
  }

  function good(told, server) {
    failed = 0;
    met(server);
    follow(told.cut_off);
    document.dispatchEvent(new CustomEvent('centre:beat', { detail: told }));
    if (centre.closed || reloadFor(told.build) || !centre.ask || centre.asked) return;
    const found = [told.data, told.delivered, told.clock].join(' ');
    const changed = version === null ? Date.parse(told.delivered) >= pulled() : found !== version;
    const patience = document.querySelector('main[data-screen="failure"]') ? RENEW_FAILURE : RENEW;
    if (!centre.frozen) version = found;
    const due = changed || Math.abs(server - pulled()) > patience;
    /* In a meeting figures stand still, and it is told that there are others. */
    if (centre.frozen && changed) document.dispatchEvent(new CustomEvent('centre:newer'));
    else if (!centre.frozen && !lost && due) centre.ask(false, true);
  }

  /* Figures are complete until the later of two moments; of several workers each may know another. */
  function follow(told) {
    cuts = told ? cuts + 1 : 0;
    if (!told) cutOff = null;
    else if (cuts >= BEATS) {
      const known = [told.since, told.replayed].map(Date.parse).filter(Boolean);
      cutOff = { until: Math.max(cutOff ? cutOff.until : 0, ...known) };
    }
  }

  /* Once for each build, so that two builds behind one address, or an old page that is kept somewhere, never loop. */
  function reloadFor(build) {
    if (!ownBuild || !build || build === ownBuild) return false;
    try {
      const done = JSON.parse(window.sessionStorage.getItem(BUILDS) || '[]');
      if (done.includes(build)) return false;
      window.sessionStorage.setItem(BUILDS, JSON.stringify(done.concat(build)));
    } catch (_) {
      return false;
    }
    window.location.reload();
    return true;
  }

  function look() {
    if (centre.closed) return;
    const at = now();
    if (centre.asked && centre.asked.number !== asked.number) asked = { number: centre.asked.number, at: at };
    if (!centre.ask) waiting = 0;
    else if (!centre.asked) waiting = null;
    else if (waiting === null || waiting === 0) waiting = at;
    if (failed >= BEATS) lose(failing, at);
    else if (waiting !== null && at - waiting >= SILENCE) lose('silent', at);
    else if (REFRESH && refused >= BEATS) lose('silent', at);
    if (failed === 0 && underway.size === 0) again(at);
    if (REFRESH && version !== null && !lost && failed === 0) refresh();
    tell();
    mark();
  }

  /* Of a server whose clock was set back what was pulled before is ahead of it. */
  function refresh() {
    if (centre.asked || centre.frozen || Math.abs(serverNow() - pulled()) <= RENEW) return;
    centre.ask(false, true);
    /* From now on, and not from when it is next looked at: silence is told a second sooner. */
    if (centre.asked) waiting = now();
  }

  /* What was refused is asked again soon, then later each time, and never by every wall at once. */
  function pause() {
    if (!REFRESH || !refused) return AGAIN;
    return Math.min(AGAIN, SECOND * Math.pow(2, refused - 1)) * (0.75 + Math.random() / 2);
  }

  function again(at) {
    if (!centre.ask) {
      if (everLost || at > START_LIMIT) window.location.reload();
    } else if (lost && centre.frozen && !centre.asked) {
      recover();
    } else if (centre.asked ? at - asked.at > pause() : lost) {
      centre.ask(true, true);
    }
  }

  function lose(kind, at) {
    if (!lost) {
      const known = contact ? contact.server : Date.now() - at;
      lost = { since: kind === 'silent' && waiting !== null ? serverNow() - (at - waiting) : known };
    }
    lost.kind = kind;
    page.dataset.lost = kind;
  }

  function heal() {
    /* In a meeting the hour of what is shown is not that of the answer. */
    if (!centre.frozen) met(pulled());
    waiting = null;
    underway.clear();
    recover();
    look();
  }

  function recover() {
    if (!lost || failed >= BEATS) return;
    lost = null;
    delete page.dataset.lost;
  }

  function figuresOf(spoken) {
    const found = chip();
    const at = found ? found.dataset.at : null;
    return at ? filled(spoken.figures, { at: at }) : spoken.no_figures;
  }

  function hour(moment) { return new Date(moment + VIETNAM).toISOString().slice(11, 16); }

  function day(moment) {
    return new Date(moment + VIETNAM).toISOString().slice(0, 10).split('-').reverse().join('/');
  }

  function complete(spoken) {
    const until = cutOff.until;
    if (!until) return spoken.complete_unknown;
    const today = day(until) === day(serverNow());
    return filled(spoken.complete, { at: today ? hour(until) : hour(until) + ', ' + day(until) });
  }

  function filled(phrase, values) {
    return phrase.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }

  function age(spoken, since) {
    const minutes = since ? Math.floor(Math.max(0, serverNow() - since) / MINUTE) : 0;
    if (minutes < 1) return '';
    const phrase = minutes < 60 ? spoken.minutes : spoken.hours;
    return filled(phrase, { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  }

  function tell() {
    if (!lost && !cutOff) {
      if (banner) banner.remove();
      banner = null;
      return;
    }
    if (!banner) {
      banner = document.createElement('div');
      banner.className = 'alive';
      banner.setAttribute('role', 'alert');
      banner.innerHTML =
        '<span class="alive-sign" aria-hidden="true"></span>' +
        '<b class="alive-what"></b><span class="alive-age" aria-hidden="true"></span>' +
        '<span class="alive-figures"></span><span class="alive-again"></span>';
      document.body.prepend(banner);
    }
    const spoken = centre.words();
    if (spoken) banner.lang = spoken.language;
    if (lost) {
      write('what', spoken ? filled(spoken[lost.kind], { since: hour(lost.since) }) : hour(lost.since));
      write('age', spoken ? age(spoken, lost.since) : '');
      write('figures', spoken ? figuresOf(spoken) : '');
      write('again', !spoken ? '' : REFRESH && failed ? filled(spoken.tries, { times: failed }) : spoken.again);
    } else if (spoken) {
      write('what', spoken.cut_off);
      write('age', age(spoken, cutOff.until));
      write('figures', complete(spoken));
      write('again', spoken.again_cut_off);
    }
  }

  function write(name, text) {
    const place = banner.querySelector('.alive-' + name);
    if (place.textContent !== text) place.textContent = text;
  }

  function mark() {
    const found = chip();
    if (!found) return;
    const since = serverNow() - Math.min(pulled(), (cutOff && cutOff.until) || Infinity);
    let state = found.dataset.drawn;
    if (lost || since > OLD) state = 'lost';
    else if ((cutOff || since > LATE) && state === 'fresh') state = 'late';
    if (state && found.dataset.freshness !== state) found.dataset.freshness = state;
  }

  document.addEventListener('centre:drawn', heal);
  document.addEventListener('visibilitychange', function () { if (!document.hidden) beat(); });
  window.addEventListener('online', beat);
  window.addEventListener('pageshow', function (event) { if (event.persisted) beat(); });
  window.setInterval(look, SECOND);
  timer = window.setTimeout(beat, BEAT);
})();

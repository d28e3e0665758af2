/* In a meeting, from a row of the wall to the scene of its agency, and step by step back: arrows move a cursor over the rows that
   name an agency, or over the provinces of a map, Enter opens, Escape comes back. What is opened is of the very figures that
   the meeting holds; where newer ones came meanwhile, nothing is opened and that is said. */
(function () {
  'use strict';

  const centre = window.centre;
  const BY = { arrowdown: 1, arrowup: -1 };
  /* Remotes of presenters have these alone: they turn the scenes, and move the cursor in a card that is enlarged. */
  const REMOTE = { pagedown: 1, pageup: -1 };
  const ASIDE = { arrowright: 1, pagedown: 1, arrowleft: -1, pageup: -1 };
  /* What a beat says may be a second old. */
  const STALE = 1500;
  let cursor = null;
  let signs = [];
  let opened = null;

  function stage() { return document.querySelector('.wall-scene:not(.is-leaving, .is-under) .wall-body'); }

  function codeOf(place) { return place.dataset.agency || place.dataset.province; }

  function middle(province) {
    const box = province.getBBox();
    return box.y + box.height / 2;
  }

  /* Where the cursor can stand, as it is read: the rows of the large card or of the scene; without any the provinces of its
     map, from north to south. */
  function places() {
    const meeting = centre.meeting.held();
    const room = (meeting && meeting.card) || stage();
    if (!room) return [];
    const rows = Array.from(room.querySelectorAll('[data-agency]'));
    if (rows.length) return rows;
    const provinces = Array.from(room.querySelectorAll('[data-province]'));
    return provinces.map(function (each) { return [middle(each), each]; })
      .sort(function (one, other) { return one[0] - other[0]; }).map(function (each) { return each[1]; });
  }

  /* A border is half covered by the provinces that are drawn later: so it is drawn once more over them. */
  function outline(province) {
    const shape = province.cloneNode(false);
    shape.removeAttribute('data-province');
    shape.setAttribute('class', 'wall-cursor-shape');
    province.parentNode.append(shape);
    signs.push(shape);
  }

  function name(province) {
    const box = province.getBoundingClientRect();
    const label = document.createElement('div');
    label.className = 'wall-cursor-name';
    label.textContent = centre.called(codeOf(province));
    document.body.append(label);
    signs.push(label);
    const room = label.offsetHeight / 2;
    const right = box.right + room;
    label.style.top = (box.top + box.bottom) / 2 + 'px';
    label.style.left = (right + label.offsetWidth < window.innerWidth ? right : box.left - room - label.offsetWidth) + 'px';
  }

  function mark(next) {
    for (const each of signs) each.remove();
    signs = [];
    if (cursor) cursor.classList.remove('is-cursor');
    cursor = next;
    if (!cursor) return;
    const isRow = Boolean(cursor.dataset.agency);
    if (isRow) cursor.classList.add('is-cursor');
    else name(cursor);
    const code = window.CSS.escape(codeOf(cursor));
    const room = stage();
    if (room) for (const each of room.querySelectorAll('[data-province="' + code + '"]')) outline(each);
  }

  function move(by) {
    const every = places();
    if (!every.length) return false;
    const at = every.indexOf(cursor);
    const first = by > 0 ? 0 : every.length - 1;
    mark(every[at < 0 ? first : (at + by + every.length) % every.length]);
    return true;
  }

  /* A cursor whose place is not shown any more is gone. */
  function settle() { mark(centre.meeting.held() && places().includes(cursor) ? cursor : null); }

  function lead(code) {
    const address = new URL(window.location.href);
    if (code) address.searchParams.set('agency', code);
    else address.searchParams.delete('agency');
    window.history.replaceState(null, '', address.pathname + address.search);
  }

  /* From ten metres a scene is cut into several. */
  function scenesOf(own) {
    if (centre.has(own)) return [own];
    const found = [];
    while (centre.has(own + '-' + (found.length + 1))) found.push(own + '-' + (found.length + 1));
    return found;
  }

  async function workbook(of) {
    try {
      const found = await centre.meeting.figures();
      await centre.meeting.wait(STALE);
      return await centre.meeting.version() === of ? found : null;
    } catch (_) {
      return null;
    }
  }

  function title() { return document.querySelector('.wall-scene:not(.is-under) .wall-title h1').textContent.trim(); }

  async function open(code) {
    const meeting = centre.meeting.held();
    const own = { name: 'opened-' + code, from: { card: meeting.card, cursor: cursor }, scenes: [], at: 0, figures: null, title: title };
    opened = own;
    centre.opened = own.name;
    lead(code);
    centre.meeting.say('opening');
    const answer = await centre.meeting.drawn();
    if (opened !== own) return;
    const same = answer.of !== null && answer.of === meeting.of;
    const scenes = same ? scenesOf(own.name) : [];
    if (!scenes.length) {
      leave();
      if (same || !answer.of || !meeting.of) centre.meeting.say('not_opened');
      else await newer(meeting);
      return;
    }
    own.scenes = scenes;
    own.figures = workbook(meeting.of);
    meeting.card = null;
    centre.wall.open(own.scenes[0]);
    centre.meeting.say('');
  }

  async function newer(meeting) {
    const told = await centre.meeting.beat().catch(function () { return null; });
    if (centre.meeting.held() !== meeting) return;
    if (!told) { centre.meeting.say('not_opened'); return; }
    const since = told.data === meeting.of.split(' ')[0] ? told.now : told.delivered;
    centre.meeting.say('newer_at', { at: since.slice(11, 16) });
  }

  function leave() {
    if (!opened) return false;
    if (opened.scenes.length) centre.meeting.held().card = opened.from.card;
    opened = null;
    centre.opened = null;
    lead(null);
    centre.wall.open(null);
    return true;
  }

  /* A question that is under way is given up. */
  function stop() { return Boolean(opened) && !opened.scenes.length && leave(); }

  function back() {
    if (!opened) {
      const was = cursor;
      mark(null);
      return Boolean(was);
    }
    const from = opened.from;
    leave();
    mark(from.cursor);
    centre.meeting.say('');
    return true;
  }

  function aside(by) {
    const to = opened.at + by;
    if (!by || !opened.scenes[to]) return false;
    opened.at = to;
    centre.wall.open(opened.scenes[to]);
    return true;
  }

  /* Whether the key moved the cursor, opened an agency, or turned within it. */
  function key(pressed) {
    if (!centre.wall.opens) return false;
    if (opened) return pressed in BY || pressed === 'enter' || aside(ASIDE[pressed]);
    const by = BY[pressed] || (centre.meeting.held().card && REMOTE[pressed]);
    if (by) return move(by);
    if (pressed !== 'enter') return false;
    if (cursor && centre.frozen) open(codeOf(cursor));
    return true;
  }

  function keys() { return opened ? 'keys_opened' : centre.wall.opens ? 'keys_open' : 'keys'; }

  /* An address that names an agency: the meeting that opened it goes on with the figures of now. */
  document.addEventListener('centre:drawn', async function () {
    const code = new URLSearchParams(window.location.search).get('agency');
    if (!code || !centre.wall || !centre.wall.opens || !scenesOf('opened-' + code).length) return;
    lead(null);
    await centre.meeting.begin();
    if (centre.meeting.held()) open(code);
  }, { once: true });

  centre.drill = { key: key, keys: keys, stop: stop, back: back, leave: leave, settle: settle, opened: function () { return opened; } };
})();

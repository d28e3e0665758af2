/* Links within the centre change the address and nothing else: the page reads its state from there. A link that begins
   with a question mark changes the parts it names and leaves the others; one to another screen takes indicator, day, theme
   and language along. The place where the reader is stays, but another screen begins at its top. */
(function () {
  'use strict';

  const NAMES = ['indicator', 'period', 'at', 'theme', 'lang', 'map', 'group', 'region', 'standing', 'owner', 'directive',
    'agency', 'regime', 'system', 'list', 'entry', 'edition', 'figure', 'sort', 'pin', 'table', 'since', 'level', 'measure', 'scene',
    'actor', 'action', 'find', 'before'];
  const KEPT = ['indicator', 'at', 'theme', 'lang'];
  /* Screens of provinces, which take the edition of the map along; elsewhere the day decides what a code means. */
  const PLACES = /^\/($|ranking$|compare$|indicator\/|province\/)/;
  /* The screens on which agencies are pinned take the pins along to each other; a part with several values. */
  const PIN = 'pin';
  const PINNING = ['/ranking', '/compare'];
  /* The page of one indicator names it in its path. */
  const INDICATOR = /^\/indicator\/([^/]+)$/;
  /* The steps from usage of the nation to one procedure are all of one month. */
  const USAGE = /^\/usage(\/|$)/;
  const NARROWED = ['period', 'group', 'level', 'measure'];
  const written = new WeakMap();
  let followed = '';

  /* What the server wrote, also where the address was completed since. */
  function own(link) {
    const href = link.getAttribute('href') || '';
    const known = written.get(link);
    if (known && known.made === href) return known.own;
    return href;
  }

  function query(parts) {
    const names = NAMES.concat(Array.from(parts.keys()).filter((name) => !NAMES.includes(name)));
    const text = [];
    for (const name of new Set(names)) {
      for (const value of parts.getAll(name)) if (value) text.push(name + '=' + encodeURIComponent(value).replace(/%2F/g, '/'));
    }
    return text.length ? '?' + text.join('&') : '';
  }

  /* A link may end with the place on the screen that it means. */
  function whole(link) {
    const href = link.split('#')[0];
    const place = link.slice(href.length);
    const here = new URLSearchParams(window.location.search);
    const at = href.indexOf('?');
    const path = at < 0 ? href : href.slice(0, at);
    const changes = new URLSearchParams(at < 0 ? '' : href.slice(at + 1));
    const parts = new URLSearchParams();
    const chosen = INDICATOR.exec(window.location.pathname);
    if (path && chosen) here.set('indicator', decodeURIComponent(chosen[1]));
    const kept = KEPT.concat(PLACES.test(path) ? 'edition' : [], PINNING.includes(path) ? PIN : [],
      USAGE.test(path) && USAGE.test(window.location.pathname) ? NARROWED : []);
    for (const name of path ? kept : new Set(here.keys())) here.getAll(name).forEach((value) => parts.append(name, value));
    if (INDICATOR.test(path)) parts.delete('indicator');
    for (const name of new Set(changes.keys())) {
      parts.delete(name);
      changes.getAll(name).forEach((value) => parts.append(name, value));
    }
    return (path || window.location.pathname) + query(parts) + place;
  }

  function linkAt(event) {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const ours = link && !link.target && !link.dataset.reload && /^[?/]/.test(own(link));
    return ours ? link : null;
  }

  /* Completed before it can be opened elsewhere, copied or shown. */
  function complete(event) {
    const link = linkAt(event);
    if (!link) return;
    const before = own(link);
    const made = whole(before);
    written.set(link, { own: before, made: made });
    link.setAttribute('href', made);
  }

  function go(href) {
    const made = whole(href);
    if (made === window.location.pathname + window.location.search + window.location.hash) return;
    const elsewhere = made.split(/[?#]/)[0] !== window.location.pathname;
    window.history.pushState({}, '', made);
    if (elsewhere) window.scrollTo(0, 0);
    window.centre.ask(false);
  }

  /* A list that scrolls by itself shows what the address chooses, once: where its reader scrolls it, it stays. */
  document.addEventListener('centre:drawn', function () {
    const address = window.location.pathname + window.location.search + window.location.hash;
    if (address === followed) return;
    followed = address;
    const place = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    if (place) place.scrollIntoView();
    for (const list of document.querySelectorAll('[data-scrolls]')) {
      const chosen = list.querySelector('[aria-current]');
      const frame = list.getBoundingClientRect();
      const box = chosen ? chosen.getBoundingClientRect() : frame;
      if (box.top >= frame.top && box.bottom <= frame.bottom) continue;
      list.scrollTop += box.top - frame.top - (frame.height - box.height) / 2;
    }
  });

  window.centre.go = go;
  for (const kind of ['pointerdown', 'pointerover', 'focusin']) document.addEventListener(kind, complete, true);

  document.addEventListener('click', function (event) {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = linkAt(event);
    if (!link) return;
    event.preventDefault();
    go(own(link));
  });
})();

/* The identity of a wall screen, which nobody stands before: a token in the address is exchanged for the screen's own
   cookie and leaves the address; a screen that is revoked, or before which walls were closed, shows so and no figure, until
   it is enrolled. This script serves the pages of the centre and those that are refused to a screen, which hold no other. */
(function () {
  'use strict';

  const ENROL = /^#enrol=([\w-]+)$/;
  const AGAIN = 5000;
  const LIMIT = 4000;
  /* What stands in the place of a page until it is known whose screen this is. */
  const CLOSED = ['not-enrolled', 'not-known', 'revoked'];

  const page = document.documentElement;
  const onWall = page.classList.contains('wall');
  const own = window.centre;
  const centre = own || {};
  let enrolling = false;
  let closed = null;

  /* The document holds the words of every language; before the first answer the address says which is wanted. */
  centre.words = function () {
    const held = document.getElementById('watch');
    const wanted = new URLSearchParams(window.location.search).get('lang');
    const drawn = document.querySelector('main[lang]');
    for (const language of [drawn && drawn.dataset.screen !== 'loading' ? drawn.lang : wanted, page.lang, 'vi']) {
      const spoken = held && language ? held.getAttribute('data-' + language) : null;
      if (spoken) return Object.assign({ language: language }, JSON.parse(spoken));
    }
    return null;
  };

  function shown() {
    const main = document.querySelector('main');
    return main ? main.dataset.screen : null;
  }

  function isClosed() { return CLOSED.includes(shown()); }

  function drop() {
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  }

  function enrol() {
    const found = ENROL.exec(window.location.hash);
    if (!found || enrolling) return;
    enrolling = true;
    window.fetch('/wall/enrol', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: found[1] })
    }).then(function (answer) { return answer.status; }, function () { return 0; }).then(function (status) {
      enrolling = false;
      if (status === 204) {
        drop();
        window.location.reload();
      } else if (status >= 400 && status < 500) {
        drop();
        tell();
      } else {
        window.setTimeout(enrol, AGAIN);
      }
    });
  }

  function tell() {
    const spoken = centre.words();
    const said = document.querySelector('.enrol-said') || document.createElement('p');
    said.className = 'enrol-said';
    said.setAttribute('role', 'alert');
    if (spoken) {
      said.lang = spoken.language;
      said.textContent = spoken.not_taken;
    }
    document.body.prepend(said);
  }

  /* What the page asked and still awaits is drawn into what is no longer there. The server makes the same page of a screen
     that asks anew. */
  function close(why) {
    const spoken = centre.words();
    const main = document.createElement('main');
    const key = why.replace('-', '_');
    centre.closed = true;
    main.id = 'main';
    main.className = main.dataset.screen = why;
    if (spoken) {
      main.lang = spoken.language;
      const said = [['h1', spoken[key]], ['p', spoken[key + '_text']]];
      if (onWall) said.unshift(['p', spoken.centre]);
      for (const [tag, text] of said) main.append(Object.assign(document.createElement(tag), { textContent: text }));
      document.title = spoken[key];
    }
    const held = document.getElementById('watch');
    document.body.replaceChildren(main, ...(held ? [held] : []));
    delete page.dataset.lost;
  }

  function heard(beat) {
    const kept = beat.walls === 'enrolled';
    if (beat.revoked && !isClosed()) close('revoked');
    else if (onWall && kept && !isClosed()) close('not-enrolled');
    else if (beat.screen && isClosed() && closed !== beat.screen) {
      closed = beat.screen;
      window.location.reload();
    } else if (beat.now && !kept && !beat.screen && shown() === 'not-enrolled') window.location.reload();
  }

  /* A page of the centre has a pulse that tells what it heard; a page that is refused has this one. */
  function beat() {
    const stop = new AbortController();
    const limit = window.setTimeout(function () { stop.abort(); }, LIMIT);
    window.fetch('/heartbeat', { cache: 'no-store', signal: stop.signal }).then(function (answer) {
      return answer.ok ? answer.json() : {};
    }).catch(function () { return {}; }).then(function (told) {
      window.clearTimeout(limit);
      heard(told);
      window.setTimeout(beat, AGAIN);
    });
  }

  if (own) document.addEventListener('centre:beat', function (event) { heard(event.detail); });
  else window.setTimeout(beat, AGAIN);
  window.addEventListener('hashchange', enrol);
  enrol();
})();

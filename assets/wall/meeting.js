/* A meeting in front of the wall: one key holds every figure as it is and says since when; digits enlarge a card, arrows and
   Enter open the scene of an agency (drill.js), Escape goes back; one key saves picture and figures for the minutes. Nothing
   of it lasts: without a hand on it for three hours, the wall goes on by itself. */
(function () {
  'use strict';

  const centre = window.centre;
  const page = document.documentElement;
  const LONGEST = 3 * 60 * 60 * 1000;
  const TRIES = 3;
  const SAVED_FOR = 8000;
  const TURNS = /^(arrow|page|home|end)/;
  let band = null;
  let held = null;
  /* Of which data and day the figures on the screen are; null where that is not known. */
  let of = null;

  const wait = function (milliseconds) {
    return new Promise(function (done) { window.setTimeout(done, milliseconds); });
  };

  function filled(phrase, values) {
    return phrase.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }

  function shownAt() {
    const chip = document.querySelector('.freshness');
    return (chip && chip.dataset.at) || '';
  }

  function drawn() {
    return new Promise(function (done) {
      document.addEventListener('centre:drawn', function (event) { done(event.detail); }, { once: true });
      centre.ask(false);
    });
  }

  function beat() {
    return window.fetch('/heartbeat', { cache: 'no-store' }).then(function (answer) {
      return answer.ok ? answer.json() : Promise.reject(new Error('heartbeat: ' + answer.status));
    });
  }

  async function version() {
    const told = await beat();
    return [told.data, told.clock].join(' ');
  }

  function figures() {
    const place = window.location;
    return window.fetch('/table' + place.pathname + '/board.xlsx' + place.search).then(function (answer) {
      return answer.ok ? answer.blob() : Promise.reject(new Error('figures: ' + answer.status));
    });
  }

  /* The workbook is fetched at once, of the very version that is shown: what is delivered during the meeting is not in it. */
  async function collect(meeting) {
    for (let times = 0; times < TRIES && held === meeting; times += 1) {
      const before = await version();
      await Promise.race([drawn(), wait(LONGEST)]);
      const found = await figures();
      if (await version() !== before) continue;
      meeting.figures = found;
      return;
    }
  }

  async function begin() {
    const wall = centre.wall;
    held = { at: shownAt(), of: null, before: wall.held, figures: null, newer: false, saved: '', note: '', timer: null, card: null, digits: null };
    const meeting = held;
    wall.hold('paused');
    page.dataset.meeting = 'on';
    told();
    number();
    touched();
    try { await collect(meeting); } catch (_) { meeting.figures = null; }
    if (held !== meeting) return;
    centre.frozen = true;
    meeting.at = shownAt();
    meeting.of = of;
    told();
  }

  function end() {
    if (!held) return;
    centre.drill.leave();
    shrink();
    window.clearTimeout(held.timer);
    const before = held.before;
    if (held.digits) held.digits.remove();
    held = null;
    centre.drill.settle();
    centre.frozen = false;
    delete page.dataset.meeting;
    if (band) band.remove();
    band = null;
    centre.wall.hold(before === 'paused' ? '' : before);
    centre.ask(false);
  }

  function touched() {
    window.clearTimeout(held.timer);
    held.timer = window.setTimeout(end, LONGEST);
  }

  function told() {
    const words = centre.wall.words;
    if (!band) {
      band = document.createElement('div');
      band.className = 'wall-meeting';
      band.setAttribute('role', 'status');
      document.body.append(band);
    }
    const now = held.saved || held.note || (held.newer ? words.frozen_new : words[centre.drill.keys()]);
    const parts = [filled(words.frozen, { at: held.at }), now];
    band.replaceChildren.apply(band, parts.map(function (text, at) {
      const line = document.createElement(at ? 'span' : 'b');
      line.textContent = text;
      return line;
    }));
  }

  function say(name, values) {
    held.note = name ? filled(centre.wall.words[name], values || {}) : '';
    told();
  }

  document.addEventListener('centre:drawn', function (event) {
    if (!centre.frozen) of = event.detail.of;
  });

  document.addEventListener('centre:newer', function () {
    if (!held || held.newer) return;
    held.newer = true;
    told();
  });

  /* The digit that enlarges a card, on its corner. */
  function number() {
    if (!held) return;
    if (!held.digits) {
      held.digits = document.createElement('div');
      held.digits.setAttribute('aria-hidden', 'true');
      document.body.append(held.digits);
    }
    held.digits.replaceChildren.apply(held.digits, held.card ? [] : cards().slice(0, 9).map(function (card, at) {
      const digit = document.createElement('span');
      const place = card.getBoundingClientRect();
      digit.className = 'wall-digit';
      digit.textContent = at + 1;
      digit.style.left = place.left + 'px';
      digit.style.top = place.top + 'px';
      return digit;
    }));
    centre.drill.settle();
  }

  /* Cards in the order they are read. */
  function cards() {
    return Array.from(document.querySelectorAll('.wall-scene:not(.is-leaving, .is-under) .wall-body .card'));
  }

  function enlarge(at) {
    const card = cards()[at];
    shrink();
    if (!card) return;
    const body = card.closest('.wall-body');
    const room = body.getBoundingClientRect();
    const own = card.getBoundingClientRect();
    const times = Math.min(room.width / own.width, room.height / own.height);
    const style = card.style;
    style.width = own.width + 'px';
    style.height = own.height + 'px';
    style.zoom = times;
    style.left = (room.width / times - own.width) / 2 + room.left / times + 'px';
    style.top = (room.height / times - own.height) / 2 + room.top / times + 'px';
    card.classList.add('is-large');
    body.classList.add('has-large');
    held.card = card;
    number();
  }

  function shrink() {
    if (!held || !held.card) return false;
    const card = held.card;
    for (const name of ['width', 'height', 'zoom', 'left', 'top']) card.style.removeProperty(name);
    card.classList.remove('is-large');
    card.closest('.wall-body').classList.remove('has-large');
    held.card = null;
    number();
    return true;
  }

  function library() {
    if (window.modernScreenshot) return Promise.resolve(window.modernScreenshot);
    return new Promise(function (done, failed) {
      const script = document.createElement('script');
      script.src = centre.root + 'vendor/modern-screenshot.js';
      script.onload = function () { done(window.modernScreenshot); };
      script.onerror = failed;
      document.head.append(script);
    });
  }

  function inline(blob) {
    return new Promise(function (done, failed) {
      const reader = new FileReader();
      reader.onload = function () { done(reader.result); };
      reader.onerror = failed;
      reader.readAsDataURL(blob);
    });
  }

  /* The fonts of the page as they are written into the picture, which may fetch nothing. */
  async function fonts() {
    const rules = Array.from(document.styleSheets).flatMap(function (sheet) {
      return Array.from(sheet.cssRules).filter(function (rule) { return rule instanceof window.CSSFontFaceRule; })
        .map(function (rule) { return { text: rule.cssText, from: sheet.href }; });
    });
    const texts = rules.map(async function (rule) {
      const found = /url\("([^"]+)"\)/.exec(rule.text);
      if (!found || found[1].startsWith('data:')) return rule.text;
      const answer = await window.fetch(new URL(found[1], rule.from));
      return rule.text.replace(found[0], 'url("' + await inline(await answer.blob()) + '")');
    });
    return (await Promise.all(texts)).join('\n');
  }

  function save(blob, name) {
    const link = document.createElement('a');
    link.href = window.URL.createObjectURL(blob);
    link.download = name;
    link.click();
    window.setTimeout(function () { window.URL.revokeObjectURL(link.href); }, SAVED_FOR);
  }

  async function keep() {
    const meeting = held;
    const words = centre.wall.words;
    const opened = centre.drill.opened();
    const name = [meeting.at.replace(/[^0-9]+/g, '-'), opened ? opened.title() : centre.wall.here, '(' + words.label + ')'].join(' ');
    try {
      const { domToBlob } = await library();
      if (meeting.digits) meeting.digits.hidden = true;
      const picture = await domToBlob(document.body, {
        width: window.innerWidth, height: window.innerHeight, scale: 1,
        font: { cssText: await fonts() },
        backgroundColor: window.getComputedStyle(document.body).backgroundColor,
      });
      save(picture, name + '.png');
      const found = opened ? await opened.figures : meeting.figures;
      if (found) save(found, name + '.xlsx');
      meeting.saved = filled(found ? words.saved : words.saved_picture, { at: meeting.at });
    } catch (_) {
      meeting.saved = words.not_saved;
    }
    if (held !== meeting) return;
    number();
    if (meeting.digits) meeting.digits.hidden = false;
    told();
    await wait(SAVED_FOR);
    if (held !== meeting) return;
    meeting.saved = '';
    told();
  }

  /* Whether the key was one of a meeting. */
  function key(event) {
    const pressed = event.key.toLowerCase();
    if (pressed === 'm') {
      if (held) end();
      else begin();
      return true;
    }
    if (!held) return false;
    touched();
    const drill = centre.drill;
    const stopped = drill.stop();
    if (held.note) say('');
    if (pressed === 'escape' || pressed === 'backspace') return stopped || shrink() || drill.back() || true;
    if (drill.key(pressed)) return true;
    if (pressed === 's') { keep(); return true; }
    if (/^[1-9]$/.test(pressed)) { enlarge(Number(pressed) - 1); return true; }
    if (pressed === ' ' || pressed === '.' || pressed === 'p') return true;
    if (!TURNS.test(pressed)) return false;
    drill.leave();
    shrink();
    return false;
  }

  document.addEventListener('centre:scene', function () { window.setTimeout(number); });

  centre.meeting = {
    key: key, begin: begin, say: say, drawn: drawn, figures: figures, beat: beat, version: version, wait: wait,
    held: function () { return held; },
  };
})();

/* Whose page this is. Where their session is over the figures leave the page at once, a dialog says so, and what was being
   typed is kept in this window for the same person; where somebody else signed in meanwhile the page is made anew. */
(function () {
  'use strict';

  const centre = window.centre;
  const page = document.documentElement;
  const DRAFTS = 'centre-drafts';
  const MINUTE = 60 * 1000;
  const VIETNAM = 7 * 60 * MINUTE;
  /* What was heard so long ago says nothing of the minute in which a session ended: the machine may have slept. */
  const JUST_NOW = MINUTE;
  /* When the page was fetched it was somebody's. */
  let heard = Date.now();
  let over = null;

  /* A wall is nobody's, and is never asked to sign in. */
  if (page.classList.contains('wall')) return;

  function account() { return document.querySelector('.account[data-person]'); }

  function stored() {
    try {
      return JSON.parse(window.sessionStorage.getItem(DRAFTS) || 'null');
    } catch (_) {
      return null;
    }
  }

  function keep(drafts) {
    try {
      if (drafts) window.sessionStorage.setItem(DRAFTS, JSON.stringify(drafts));
      else window.sessionStorage.removeItem(DRAFTS);
    } catch (_) {
      /* A window without a store keeps nothing. */
    }
  }

  /* What somebody typed and did not send: of each form its place, and the fields that are not as they were. */
  function typed() {
    const forms = [];
    for (const form of document.querySelectorAll('main form[data-form]')) {
      const cells = {};
      for (const field of form.querySelectorAll('input, select, textarea')) {
        const chosen = field.options && Array.from(field.options).find((each) => each.defaultSelected);
        const before = field.options ? (chosen || field.options[0] || {}).value : field.defaultValue;
        if (field.name && field.type !== 'password' && field.value !== before) cells[field.name] = field.value;
      }
      const at = Array.from(document.querySelectorAll('main form[data-form="' + form.dataset.form + '"]')).indexOf(form);
      if (Object.keys(cells).length) forms.push({ name: form.dataset.form, at: at, cells: cells });
    }
    return forms;
  }

  function restore() {
    const kept = stored();
    const own = account();
    if (!kept || !own) return;
    if (kept.person !== own.dataset.person) { keep(null); return; }
    if (kept.address !== window.location.pathname + window.location.search) return;
    for (const draft of kept.forms) {
      const form = document.querySelectorAll('main form[data-form="' + draft.name + '"]')[draft.at];
      if (!form) continue;
      const fold = form.closest('details');
      if (fold) fold.open = true;
      for (const name of Object.keys(draft.cells)) {
        const field = form.elements.namedItem(name);
        if (field && field.type !== 'password') field.value = draft.cells[name];
      }
    }
    keep(null);
  }

  centre.drafts = { drop: function () { keep(null); } };

  function made(tag, given, children) {
    const element = Object.assign(document.createElement(tag), given);
    element.append(...(children || []));
    return element;
  }

  function blank(width, tall) {
    const line = made('span', { className: 'skeleton' });
    line.style.width = width;
    if (tall) line.style.height = tall;
    return line;
  }

  function block(tall) {
    return made('div', { className: 'card' }, [blank('50%'), blank('35%', '3rem'), blank('100%'), blank('100%', tall), blank('70%')]);
  }

  /* The bar as it stood without what it told, and cards without what was in them. */
  function skeleton(spoken) {
    const bar = document.querySelector('.topbar');
    const head = made('header', { className: 'topbar' });
    for (const part of bar ? bar.querySelectorAll('.brand, .nav') : []) {
      const copy = part.cloneNode(true);
      for (const link of copy.querySelectorAll('a')) link.removeAttribute('href');
      copy.removeAttribute('href');
      head.append(copy);
    }
    const cleared = made('span', { className: 'freshness', textContent: spoken.over_figures });
    const out = made('span', { className: 'account', textContent: spoken.over_out });
    head.append(made('div', { className: 'topbar-end' }, [cleared, out]));
    const main = made('main', { id: 'main', lang: spoken.language }, [
      made('div', { className: 'answer' }, [blank('24rem', '1.75rem')]),
      made('div', { className: 'grid-three' }, [block('8rem'), block('8rem'), block('8rem')]),
      made('div', { className: 'grid-three' }, [block('10rem'), block('10rem'), block('10rem')])
    ]);
    main.dataset.screen = 'over';
    for (const each of [head, main]) each.inert = true;
    return [head, main];
  }

  function row(name, value) {
    return made('div', null, [made('dt', { textContent: name }), made('dd', { textContent: value })]);
  }

  function hour(moment) { return new Date(moment + VIETNAM).toISOString().slice(11, 16); }

  function dialog(spoken, why, whose, drafts) {
    const at = Date.now() - heard < JUST_NOW && centre.now() ? hour(centre.now()) : null;
    const title = at ? spoken.over_at.replace('{at}', at) : spoken.over;
    const text = [spoken['over_' + why], spoken.over_cleared].filter(Boolean).join(' ');
    const rows = whose ? [row(spoken.over_account, whose.name), row(spoken.over_page, whose.page)] : [];
    if (drafts) rows.push(row(spoken.over_draft, spoken.over_kept));
    const place = window.location.pathname + window.location.search;
    const again = made('a', { className: 'button session-again', textContent: spoken.over_again });
    again.href = '/login?lang=' + spoken.language + '&next=' + encodeURIComponent(place);
    again.dataset.reload = 'true';
    const shown = made('dialog', { className: 'session-over', lang: spoken.language }, [
      made('span', { className: 'glyph glyph-nr session-sign', ariaHidden: 'true' }),
      made('h1', { id: 'session-title', textContent: title }),
      made('p', { id: 'session-text', textContent: text }),
      made('dl', null, rows),
      again
    ]);
    shown.setAttribute('role', 'alertdialog');
    shown.setAttribute('aria-labelledby', 'session-title');
    shown.setAttribute('aria-describedby', 'session-text');
    /* There is nothing under it to go back to. */
    shown.addEventListener('cancel', function (event) { event.preventDefault(); });
    shown.addEventListener('keydown', function (event) { if (event.key === 'Escape') event.preventDefault(); });
    document.title = title;
    return shown;
  }

  function end(why) {
    const spoken = centre.words();
    const own = account();
    if (over || !spoken || document.querySelector('main[data-screen="login"]')) return;
    const whose = own ? { name: own.textContent, page: own.dataset.page, mark: own.dataset.person } : null;
    const forms = whose ? typed() : [];
    if (forms.length) {
      keep({ person: whose.mark, address: window.location.pathname + window.location.search, forms: forms });
    }
    const left = stored();
    const kept = Boolean(left && whose && left.person === whose.mark);
    over = { person: whose ? whose.mark : null };
    centre.closed = true;
    const shown = dialog(spoken, why, whose, kept);
    const held = document.getElementById('watch');
    const rest = skeleton(spoken);
    if (centre.forget) centre.forget();
    document.body.replaceChildren(...rest, shown, ...(held ? [held] : []));
    delete page.dataset.lost;
    shown.showModal();
    shown.querySelector('.session-again').focus();
  }

  function told(beat) {
    const own = account();
    if ('session' in beat) end(beat.session);
    else if (over && 'person' in beat) window.location.reload();
    else if (own && 'person' in beat && own.dataset.person !== beat.person) window.location.reload();
    heard = Date.now();
  }

  document.addEventListener('centre:beat', function (event) { told(event.detail); });
  /* Which reason it has is told by the next beat, and is not waited for. */
  document.addEventListener('centre:unknown', function () { end(null); });
  document.addEventListener('centre:drawn', function () { window.requestAnimationFrame(restore); });
})();

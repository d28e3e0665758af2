/* The search in the header, opened by its button or by the key "/". It looks through names that are here already, with
   or without their diacritics; nothing is asked while somebody types. */
(function () {
  'use strict';

  const React = window.React;
  const element = React.createElement;
  const centre = window.centre;
  const MOST = 12;

  /* Whose name begins with the words stands first, then who has a word that does, then who holds them anywhere. */
  function weight(name, code, words) {
    if (code === words || name === words) return 0;
    if (name.startsWith(words)) return 1;
    if (code.startsWith(words)) return 2;
    if (name.includes(' ' + words)) return 3;
    return name.includes(words) ? 4 : 9;
  }

  function matches(things, typed) {
    const words = centre.folded(typed);
    if (!words) return [];
    return things
      .map(function (thing, at) { return { thing: thing, at: at, weight: weight(centre.folded(thing[0]), centre.folded(thing[1]), words) }; })
      .filter(function (each) { return each.weight < 9; })
      .sort(function (one, other) { return one.weight - other.weight || one.at - other.at; })
      .slice(0, MOST)
      .map(function (each) { return each.thing; });
  }

  function isTyped(target) {
    return target instanceof Element && Boolean(target.closest('input, textarea, select, [contenteditable]'));
  }

  function Search(props) {
    const [open, turn] = React.useState(false);
    const [typed, type] = React.useState('');
    const [at, move] = React.useState(0);
    const button = React.useRef(null);
    const field = React.useRef(null);
    const box = React.useRef(null);
    const found = open ? matches(props.things, typed) : [];

    const close = function () {
      turn(false);
      type('');
      move(0);
      if (button.current) button.current.focus({ preventScroll: true });
    };

    React.useEffect(function () {
      const key = function (event) {
        if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyped(event.target)) return;
        event.preventDefault();
        turn(true);
      };
      document.addEventListener('keydown', key);
      return function () { document.removeEventListener('keydown', key); };
    }, []);

    React.useEffect(function () {
      if (!open) return undefined;
      if (field.current) field.current.focus();
      const aside = function (event) { if (box.current && !box.current.contains(event.target)) close(); };
      document.addEventListener('pointerdown', aside);
      return function () { document.removeEventListener('pointerdown', aside); };
    }, [open]);

    React.useEffect(function () {
      const chosen = open ? document.getElementById('search-' + at) : null;
      if (chosen) chosen.scrollIntoView({ block: 'nearest' });
    }, [open, at]);

    const follow = function (thing) {
      close();
      centre.go(thing[3]);
    };

    const press = function (event) {
      const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === 'Escape') close();
      else if (event.key === 'Enter' && found[at]) follow(found[at]);
      else if (way && found.length) move((at + way + found.length) % found.length);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };

    const rows = found.map(function (thing, place) {
      const link = { href: thing[3], role: 'option', id: 'search-' + place, 'aria-selected': place === at, tabIndex: -1,
        onClick: function (event) {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          event.stopPropagation();
          follow(thing);
        } };
      return element('li', { key: thing[3] + thing[0], role: 'presentation' },
        element('a', link, element('span', null, thing[0]), element('small', null, thing[2], thing[1] ? ' ' + thing[1] : '')));
    });
    const input = { type: 'search', ref: field, value: typed, maxLength: 80, autoComplete: 'off', role: 'combobox',
      placeholder: props.hint, 'aria-label': props.label, 'aria-expanded': rows.length > 0, 'aria-controls': 'search-found',
      'aria-activedescendant': rows.length ? 'search-' + at : undefined, onKeyDown: press,
      onChange: function (event) { type(event.target.value); move(0); } };
    const opener = { type: 'button', className: 'search-open', ref: button, 'aria-label': props.label, 'aria-expanded': open,
      'aria-keyshortcuts': '/', title: props.label, onClick: function () { if (open) close(); else turn(true); } };
    return element('div', { className: 'search', ref: box },
      element('button', opener, element('span', { className: 'glyph glyph-search', 'aria-hidden': true })),
      open ? element('div', { className: 'search-box' },
        element('input', input),
        element('ul', { id: 'search-found', role: 'listbox', 'aria-label': props.label }, rows),
        typed.trim() && !rows.length ? element('p', { role: 'status' }, props.none) : null) : null);
  }

  centre.drawn.Search = Search;
})();

/* Rows of a table by the name of whom they are of: what is typed is looked for with or without diacritics, and how many
   rows of how many are shown is told. Nothing is asked while somebody types; the address does not change. */
(function () {
  'use strict';

  const React = window.React;
  const element = React.createElement;
  const centre = window.centre;
  const ROWS = 'tr[data-agency]';

  function told(words, n, of) {
    return words.replace('{n}', String(n)).replace('{of}', String(of));
  }

  function RowFilter(props) {
    const [typed, type] = React.useState('');
    const [seen, count] = React.useState([0, 0]);
    const box = React.useRef(null);
    const [beside, ...rest] = React.Children.toArray(props.children);

    /* After every drawing: a table that was sent anew has rows of its own. */
    React.useLayoutEffect(function () {
      const words = centre.folded(typed);
      const rows = Array.from(box.current.querySelectorAll(ROWS));
      let shown = 0;
      for (const row of rows) {
        const name = row.querySelector('.rank-name');
        const fits = !words || centre.folded(name ? name.textContent : '').includes(words) || centre.folded(row.dataset.agency) === words;
        row.hidden = !fits;
        if (fits) shown += 1;
      }
      for (const note of box.current.querySelectorAll('tr.rank-note')) note.hidden = Boolean(words);
      if (seen[0] !== shown || seen[1] !== rows.length) count([shown, rows.length]);
    });

    const press = function (event) {
      if (event.key !== 'Escape' || !typed) return;
      event.preventDefault();
      type('');
    };
    const input = { type: 'search', value: typed, maxLength: 60, autoComplete: 'off', placeholder: props.label,
      'aria-label': props.label, onKeyDown: press, onChange: function (event) { type(event.target.value); } };
    const words = !typed.trim() ? '' : seen[0] ? told(props.count, seen[0], seen[1]) : props.none;
    return element('div', { className: 'row-filter', ref: box },
      element('div', { className: 'row-filter-bar' },
        element('input', input), element('span', { className: 'row-filter-count', role: 'status' }, words), beside),
      ...rest);
  }

  centre.drawn.RowFilter = RowFilter;
})();

/* What somebody fills in and sends. What was typed stays until it was taken; what was wrong with it is told in its place.
   Sending the same again changes nothing, so that a reader who got no answer may do so. */
(function () {
  'use strict';

  const React = window.React;
  const element = React.createElement;
  const centre = window.centre;
  const PATIENCE = 15000;
  let number = 0;

  function cellsOf(form, given) {
    const cells = Object.assign({}, given);
    new window.FormData(form).forEach(function (value, name) { cells[name] = String(value); });
    return cells;
  }

  function Form(props) {
    const [state, tell] = React.useState({ phase: 'open', number: 0, tree: null });
    const form = React.useRef(null);

    React.useEffect(function () {
      if (state.phase !== 'sent') return undefined;
      const taken = function (event) {
        const receipt = event.detail;
        if (receipt.number !== state.number) return;
        tell({ phase: receipt.taken ? 'taken' : 'refused', number: state.number, tree: receipt.tree });
        /* What bears a mark of secrecy leaves the page, and with it what is kept of a form whose session ends. */
        (receipt.drop || []).forEach(function (name) {
          const field = form.current && form.current.elements.namedItem(name);
          if (field && 'value' in field) field.value = '';
        });
        if (!receipt.taken) return;
        if (form.current) form.current.reset();
        centre.ask(false);
      };
      const late = window.setTimeout(function () { tell({ phase: 'late', number: state.number, tree: null }); }, PATIENCE);
      document.addEventListener('centre:taken', taken);
      return function () {
        window.clearTimeout(late);
        document.removeEventListener('centre:taken', taken);
      };
    }, [state]);

    const send = function (event) {
      event.preventDefault();
      if (state.phase === 'sent') return;
      number += 1;
      tell({ phase: 'sent', number: number, tree: null });
      centre.send({ number: number, name: props.name, cells: cellsOf(event.currentTarget, props.given) });
    };

    const said = { sent: props.sending, late: props.late }[state.phase];
    return element(
      'form',
      { className: 'form', onSubmit: send, noValidate: true, ref: form, 'data-form': props.name },
      ...React.Children.toArray(props.children),
      element('button', { type: 'submit', className: 'button', disabled: state.phase === 'sent' }, props.send),
      element(
        'div',
        { className: 'form-said', role: 'status', 'data-phase': state.phase },
        state.tree ? centre.draw(state.tree) : said || null
      )
    );
  }

  centre.drawn.Form = Form;
})();

(() => {
  'use strict';
  const table = document.getElementById('table');
  const controls = document.getElementById('controls');
  if (!table || !controls) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const find = document.getElementById('find');
  const column = document.getElementById('column');
  const compare = document.getElementById('compare');
  const points = document.getElementById('points');
  const gate = document.getElementById('gate');
  const reset = document.getElementById('reset');
  const status = document.getElementById('status');
  const collator = new Intl.Collator(document.documentElement.lang, {numeric: true});
  const fill = (words, blanks) => words.replace(/\{(\w+)\}/g, (whole, name) => blanks[name] ?? whole);
  const plain = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

  // What a cell is sorted by: its own number, or the first line of it; made once, when a column is first asked for.
  const keys = {};
  const keysOf = head => keys[head.dataset.c] ??= rows.map(row => {
    const cell = row.cells[head.dataset.c];
    if (head.dataset.kind === 'text') return cell.firstElementChild.textContent;
    return parseFloat(cell.dataset.v ?? cell.firstChild.data);
  });
  const heads = [...table.tHead.querySelectorAll('th[data-c]')];
  let sorted = '';

  const inOrder = (head, down) => {
    const key = keysOf(head);
    const text = head.dataset.kind === 'text';
    const order = rows.map((row, place) => place);
    order.sort((one, other) => {
      if (text) return (down ? -1 : 1) * collator.compare(key[one], key[other]) || one - other;
      const [a, b] = [key[one], key[other]];
      if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b) || one - other;
      return (down ? b - a : a - b) || one - other;
    });
    return order;
  };
  const place = order => {
    const all = document.createDocumentFragment();
    for (const each of order) all.append(rows[each]);
    body.append(all);
  };
  const unsorted = () => {
    for (const head of heads) head.removeAttribute('aria-sort');
    sorted = '';
  };

  let haystack;
  const tell = () => {
    const shown = rows.reduce((sum, row) => sum + !row.hidden, 0);
    const part = fill(status.dataset.shown, {shown: shown.toLocaleString('en'), all: rows.length.toLocaleString('en')});
    status.textContent = sorted ? `${part} ${sorted}` : part;
  };
  const filter = () => {
    const wanted = plain(find.value).split(/\s+/).filter(Boolean);
    if (wanted.length) haystack ??= rows.map(row => plain(`${row.cells[0].textContent} ${row.lastElementChild.textContent}`));
    const limit = parseFloat(points.value);
    const key = column.value && !Number.isNaN(limit) ? keysOf(heads.find(head => head.dataset.c === column.value)) : null;
    const most = compare.value === 'most';
    const [number, result] = gate && gate.value ? gate.value.split(':') : [];
    rows.forEach((row, place) => {
      row.hidden = !(wanted.every(word => haystack[place].includes(word))
        && (!key || (most ? key[place] <= limit : key[place] >= limit))
        && (!result || row.dataset.g[number] === result));
    });
    tell();
  };

  for (const head of heads) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    if (head.dataset.name) button.setAttribute('aria-label', head.dataset.name);
    head.append(button);
    const name = head.dataset.name || button.textContent;
    // A browser leaves what is half out of sight where it is.
    button.addEventListener('focus', () => button.scrollIntoView({block: 'nearest', inline: 'nearest'}));
    button.addEventListener('click', () => {
      const was = head.getAttribute('aria-sort');
      const down = was ? was === 'ascending' : head.dataset.kind === 'score';
      unsorted();
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      place(inOrder(head, down));
      const words = head.dataset.kind === 'text' ? (down ? 'za' : 'az') : (down ? 'down' : 'up');
      sorted = fill(status.dataset[words], {column: name});
      tell();
    });
  }
  let waiting;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); };
  find.addEventListener('input', soon);
  points.addEventListener('input', soon);
  for (const each of [column, compare, gate]) each?.addEventListener('change', filter);
  reset.addEventListener('click', () => {
    find.value = points.value = column.value = '';
    compare.selectedIndex = 0;
    if (gate) gate.value = '';
    unsorted();
    place(rows.map((row, place) => place));
    filter();
  });
  controls.hidden = false;
  tell();
})();

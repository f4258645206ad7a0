// What the portal does more comfortably with a script. Every page works without it.

const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// What a reader hears without the focus moving.
const status = document.createElement('p');
status.className = 'visually-hidden';
status.setAttribute('role', 'status');
document.body.append(status);

// The same page or part asked for anew; none when a newer question overtook it or nothing came back.
function asker() {
  let running;
  return async (url) => {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const answer = await fetch(url, { signal, headers: { accept: 'text/html' } });
      if (answer.redirected || !answer.ok) return null;
      return new DOMParser().parseFromString(await answer.text(), 'text/html');
    } catch {
      return null;
    }
  };
}

function later(milliseconds, run) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds, ...values);
  };
}

// Parts that make sense only with a script.
for (const part of all('[data-copy], [data-all], [data-toast] [data-close]')) part.hidden = false;
for (const button of all('.l-scriptless')) button.hidden = true;

// Lists: search as you type. What stands behind the filter bar is exchanged, the field keeps its focus.
for (const form of all('form[data-live]')) {
  const ask = asker();
  const box = form.parentElement;
  const search = async () => {
    const url = new URL(form.action);
    url.search = new URLSearchParams(new FormData(form)).toString();
    const page = await ask(url);
    const fresh = page && find('form[data-live]', page)?.parentElement;
    if (!fresh) return;
    while (form.nextSibling) form.nextSibling.remove();
    let node = find('form[data-live]', fresh).nextSibling;
    while (node) {
      const next = node.nextSibling;
      box.append(document.adoptNode(node));
      node = next;
    }
    history.replaceState(null, '', url);
    prepareLists(box);
    status.textContent = find('.l-foot [role="status"], .l-empty h2', box)?.textContent ?? '';
  };
  const soon = later(180, search);
  form.addEventListener('input', soon);
}

// Lists: how many are selected, and all at once.
function prepareLists(root) {
  for (const table of all('.l-list', root)) {
    const boxes = all('tbody .l-pick input', table);
    if (!boxes.length) continue;
    const everyone = find('[data-all]', table);
    everyone.hidden = false;
    const bar = find('[data-selected-count]', boxes[0].form ?? table.parentElement);
    const words = bar?.textContent;
    const count = () => {
      const picked = boxes.filter((box) => box.checked).length;
      for (const box of boxes) box.closest('tr').toggleAttribute('data-selected', box.checked);
      everyone.checked = picked === boxes.length;
      everyone.indeterminate = picked > 0 && picked < boxes.length;
      if (bar) bar.textContent = `${picked.toLocaleString(document.documentElement.lang)} · ${words}`;
    };
    everyone.addEventListener('change', () => {
      for (const box of boxes) box.checked = everyone.checked;
      count();
    });
    for (const box of boxes) box.addEventListener('change', count);
    boxes[0].form?.addEventListener('reset', () => setTimeout(count));
    count();
  }
}
prepareLists(document);

// Copy what is shown.
for (const button of all('[data-copy]')) {
  button.addEventListener('click', async () => {
    const shown = all('pre', button.closest('[data-code]')).find((text) => text.offsetParent);
    await navigator.clipboard.writeText(shown.textContent);
    find('span', button).textContent = button.dataset.copied;
    status.textContent = button.dataset.copied;
  });
}

// Toasts go by themselves, but wait while somebody reads.
for (const toast of all('[data-toast]')) {
  const go = later(8000, () => toast.remove());
  const wait = later(0, () => {});
  find('[data-close]', toast).addEventListener('click', () => toast.remove());
  if (toast.getAttribute('role') === 'status') {
    for (const event of ['mouseleave', 'focusout']) toast.addEventListener(event, () => go());
    for (const event of ['mouseenter', 'focusin']) toast.addEventListener(event, () => (go(), wait()));
    go();
  }
}

// A form is sent once.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post') return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = 'yes';
  form.setAttribute('aria-busy', 'true');
});
addEventListener('pageshow', () => {
  for (const form of all('form[data-sent]')) {
    delete form.dataset.sent;
    form.removeAttribute('aria-busy');
  }
});

// The unsaved bar stands only while something is unsaved, and says what.
for (const bar of all('.l-save')) {
  const form = document.getElementById(find('button[form]', bar)?.getAttribute('form'));
  if (!form || bar.dataset.open) continue;
  const look = () => {
    const changed = [...form.elements].filter((field) =>
      'defaultChecked' in field && (field.type === 'checkbox' || field.type === 'radio')
        ? field.checked !== field.defaultChecked
        : field.tagName === 'SELECT'
          ? ![...field.options].every((option) => option.selected === option.defaultSelected)
          : 'defaultValue' in field && field.value !== field.defaultValue);
    bar.hidden = changed.length === 0;
  };
  form.addEventListener('input', look);
  form.addEventListener('reset', () => setTimeout(look));
  look();
}

// Menus close when one looks elsewhere.
document.addEventListener('click', (event) => {
  for (const menu of all('details.l-choose[open]')) if (!menu.contains(event.target)) menu.open = false;
});

// Drawers and dialogs: the page behind is inert, Escape closes, the focus comes back.
let opener;
function overlay() {
  const over = all('.l-over').find((part) => part.matches(':target, .l-over-open'));
  find('.l-desk')?.toggleAttribute('inert', Boolean(over));
  const first = ['[autofocus]', '.l-drawer-body :is(input:not([type="hidden"]), select, textarea)', '[data-close]'];
  if (over) first.map((part) => find(part, over)).find((part) => part)?.focus();
  else opener?.focus();
}
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href*="#"]');
  if (link && document.getElementById(link.hash.slice(1))?.matches('.l-over')) opener = link;
});
addEventListener('hashchange', overlay);
overlay();

document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    palette();
  }
  if (event.key !== 'Escape') return;
  const menu = find('details.l-choose[open]');
  if (menu) {
    menu.open = false;
    find('summary', menu).focus();
    return;
  }
  const over = all('.l-over').find((part) => part.matches(':target, .l-over-open'));
  if (over) find('[data-close]', over).click();
});

// The palette: the search page's own answer in a dialog.
const entry = find('a[data-palette]');
entry?.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  palette();
});

async function palette() {
  if (!entry || find('dialog.l-palette')) return;
  const ask = asker();
  const part = (text) => {
    const url = new URL(entry.href);
    url.search = new URLSearchParams({ q: text, part: 'palette' }).toString();
    return ask(url);
  };
  const first = await part('');
  const dialog = first && find('dialog', first);
  if (!dialog) {
    location.assign(entry.href);
    return;
  }
  document.body.append(document.adoptNode(dialog));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || event.target.closest('[data-close]')) {
      event.preventDefault();
      dialog.close();
    }
  });
  dialog.showModal();

  const field = find('input', dialog);
  const hits = find('[role="listbox"]', dialog);
  let at = 0;
  const options = () => all('[role="option"]', hits);
  const mark = (index) => {
    const list = options();
    at = list.length ? (index + list.length) % list.length : 0;
    list.forEach((option, number) => {
      option.setAttribute('aria-selected', String(number === at));
      option.classList.toggle('l-option-on', number === at);
    });
    field.setAttribute('aria-activedescendant', list[at]?.id ?? '');
    list[at]?.scrollIntoView({ block: 'nearest' });
  };
  const search = later(120, async () => {
    const page = await part(field.value);
    const fresh = page && find('[role="listbox"]', page);
    if (!fresh) return;
    hits.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
    status.textContent = find('[data-count]', page)?.textContent ?? '';
    mark(0);
  });
  field.addEventListener('input', search);
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') mark(at + 1);
    else if (event.key === 'ArrowUp') mark(at - 1);
    else if (event.key === 'Enter') {
      const { href } = options()[at] ?? {};
      if (href && (event.ctrlKey || event.metaKey)) open(href, '_blank', 'noopener');
      else if (href) location.assign(href);
    } else return;
    event.preventDefault();
  });
  mark(0);
  field.focus();
}

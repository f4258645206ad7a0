// Somebody at a browser without scripts: opens pages, fills in forms, presses buttons by what stands on them.

import assert from 'node:assert/strict';

export class Person {
  #cookies = new Map();
  #stopsAt;

  // Redirects are followed until one leads below an address in `stopsAt`.
  constructor({ stopsAt = [] } = {}) {
    this.#stopsAt = stopsAt;
  }

  async open(url) {
    await this.#send('GET', new URL(url));
    return this;
  }

  // Fields are named by the purpose that `autocomplete` gives them.
  async press(label, fields = {}) {
    const { form, button } = this.#find(label);
    const values = new URLSearchParams(form.values);
    for (const [purpose, value] of Object.entries(fields)) {
      const name = form.purposes[purpose];
      assert.ok(name, `no field for ${purpose} beside "${label}" on ${this.url}`);
      values.set(name, value);
    }
    if (button.name) values.set(button.name, button.value);
    await this.#send(form.method, new URL(form.action, this.url), values);
    return this;
  }

  sees(part) {
    assert.ok(this.text.includes(part), `"${part}" is not on ${this.#place()}`);
    return this;
  }

  #place() {
    return `${this.url} (${this.status}):\n${this.text.slice(0, 4000)}`;
  }

  #find(label) {
    const forms = readForms(this.text);
    for (const form of forms) {
      const button = form.buttons.find(({ text }) => text.toLowerCase().includes(label.toLowerCase()));
      if (button) return { form, button };
    }
    const labels = forms.flatMap((form) => form.buttons.map((button) => button.text));
    assert.fail(`no button "${label}", only ${JSON.stringify(labels)}, on ${this.#place()}`);
  }

  async #send(method, url, values) {
    this.landed = undefined;
    for (let hops = 0; hops < 12; hops += 1) {
      if (method === 'GET' && values) url.search = values.toString();
      const headers = { cookie: this.#cookieHeader(url), 'accept-language': 'en' };
      if (method === 'POST') headers.origin = url.origin;
      const body = method === 'POST' ? values : undefined;
      const answer = await fetch(url, { method, body, headers, redirect: 'manual' });
      this.#keepCookies(answer, url);
      this.url = url.href;
      this.status = answer.status;
      this.text = await answer.text();
      if (![302, 303].includes(answer.status)) return;
      url = new URL(answer.headers.get('location'), url);
      if (this.#stopsAt.some((start) => url.href.startsWith(start))) {
        this.landed = url;
        return;
      }
      method = 'GET';
      values = undefined;
    }
    assert.fail(`redirected in a circle at ${url}`);
  }

  #cookieHeader(url) {
    const fitting = [...this.#cookies.values()].filter(({ path }) => url.pathname.startsWith(path));
    return fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  #keepCookies(answer, url) {
    for (const line of answer.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split(';').map((part) => part.trim());
      const [name, ...rest] = pair.split('=');
      const attribute = (wanted) =>
        attributes.map((text) => text.split('=')).find(([key]) => key.toLowerCase() === wanted)?.[1];
      const path = attribute('path') ?? url.pathname.replace(/\/[^/]*$/, '/');
      const isOver = attribute('max-age') === '0' || new Date(attribute('expires') ?? '9999') < new Date();
      if (isOver) this.#cookies.delete(name + path);
      else this.#cookies.set(name + path, { name, value: rest.join('='), path });
    }
  }
}

function readForms(html) {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head, inside]) => {
    const attributes = readAttributes(head);
    const form = {
      action: attributes.action ?? '',
      method: (attributes.method ?? 'get').toUpperCase(),
      values: [],
      purposes: {},
      buttons: [],
    };
    for (const [, text] of inside.matchAll(/<input\b([^>]*)>/g)) {
      const input = readAttributes(text);
      if (!input.name || 'disabled' in input) continue;
      for (const purpose of (input.autocomplete ?? '').split(/\s+/)) form.purposes[purpose] = input.name;
      if (input.type === 'password') form.purposes['current-password'] ??= input.name;
      if (['checkbox', 'radio'].includes(input.type) && !('checked' in input)) continue;
      form.values.push([input.name, input.value ?? '']);
    }
    for (const [, text, label] of inside.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/g)) {
      const button = readAttributes(text);
      if ((button.type ?? 'submit') !== 'submit') continue;
      const words = decode(label.replace(/<[^>]*>/g, '')).replace(/\s+/g, ' ').trim();
      form.buttons.push({ name: button.name, value: button.value ?? '', text: words });
    }
    return form;
  });
}

function readAttributes(text) {
  const pairs = [...text.matchAll(/([a-zA-Z_:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)];
  return Object.fromEntries(pairs.map(([, name, ...values]) => [name, decode(values.find((v) => v != null) ?? '')]));
}

function decode(text) {
  const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
  return text.replace(/&(#x[0-9a-f]+|#[0-9]+|[a-z]+);/gi, (whole, entity) => {
    if (entity[0] !== '#') return named[entity.toLowerCase()] ?? whole;
    const hexadecimal = entity[1].toLowerCase() === 'x';
    return String.fromCodePoint(Number.parseInt(entity.slice(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10));
  });
}

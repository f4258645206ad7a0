// Chromium for the stories: without JavaScript, looked at in every width and light, and held against axe.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const screenshots = process.env.LODGE_SCREENSHOTS ?? new URL('../target/screenshots', import.meta.url).pathname;
const widths = { phone: [390, 844], tablet: [834, 1112], desk: [1440, 900] };
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export class Browser {
  static async start() {
    mkdirSync(screenshots, { recursive: true });
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    return new Browser(browser);
  }

  constructor(browser) {
    this.browser = browser;
    this.screenshots = screenshots;
  }

  stop() {
    return this.browser.close();
  }

  // A person with a browser of their own. Scripts are off unless a story says otherwise.
  async person({ language = 'en-US', scripts = false } = {}) {
    const context = await this.browser.newContext({
      javaScriptEnabled: scripts,
      ignoreHTTPSErrors: true,
      locale: language,
      reducedMotion: 'reduce',
      viewport: { width: 390, height: 844 },
    });
    const page = await context.newPage();
    page.complaints = [];
    page.on('console', (message) => {
      if (message.type() === 'error') page.complaints.push(message.text());
    });
    page.setDefaultTimeout(10_000);
    return page;
  }

  // Looks at a page as it stands: pictures in every width and light, no overflow, no finding of axe.
  async look(page, name, lights = ['light', 'dark']) {
    const copy = await this.#copyWithScripts(page);
    try {
      for (const [width, [across, down]] of Object.entries(widths)) {
        for (const light of lights) {
          for (const shown of [page, copy]) {
            await shown.setViewportSize({ width: across, height: down });
            await shown.emulateMedia(media(light));
          }
          await page.screenshot({ path: `${screenshots}/${name}-${width}-${light}.png`, fullPage: true });
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(overflow <= 0, `${name}: ${overflow} px wider than a ${width}`);
          const { violations } = await new AxeBuilder({ page: copy }).withTags(rules).analyze();
          assert.deepEqual(violations.map(finding), [], `${name} on a ${width}, ${light}`);
        }
      }
    } finally {
      await copy.context().close();
    }
    await page.setViewportSize({ width: widths.phone[0], height: widths.phone[1] });
    await page.emulateMedia(media('light'));
    const policy = page.complaints.filter((text) => text.includes('Content Security Policy'));
    assert.deepEqual(policy, [], `${name} breaks its own policy`);
  }

  // Looks at a page that a script has changed, where scripts are allowed: axe runs in it.
  async lookAsItStands(page, name) {
    for (const light of ['light', 'dark', 'contrast']) {
      await page.emulateMedia(media(light));
      await page.screenshot({ path: `${screenshots}/${name}-desk-${light}.png` });
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
      assert.deepEqual(violations.map(finding), [], `${name}, ${light}`);
    }
    await page.emulateMedia(media('light'));
  }

  // axe needs scripts, so the very markup is shown once more where they are allowed, at the same address.
  async #copyWithScripts(page) {
    const body = await page.content();
    const context = await this.browser.newContext({ bypassCSP: true, ignoreHTTPSErrors: true });
    const copy = await context.newPage();
    await copy.route(page.url(), (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }));
    await copy.goto(page.url());
    return copy;
  }
}

// High contrast sits on light.
function media(light) {
  return {
    colorScheme: light === 'dark' ? 'dark' : 'light',
    contrast: light === 'contrast' ? 'more' : 'no-preference',
    reducedMotion: 'reduce',
  };
}

function finding({ id, help, nodes }) {
  return `${id}: ${help}: ${nodes.map((node) => node.html).join(' ')}`;
}

// Presses what has this on it, a button or a link.
export async function press(page, label) {
  const button = page.getByRole('button', { name: label }).or(page.getByRole('link', { name: label })).first();
  await button.click();
  await page.waitForLoadState();
}

// Presses the button that sends this choice: for pages in a language the story does not read.
export async function choose(page, choice) {
  await page.locator(`button[name="do"][value="${choice}"]`).click();
  await page.waitForLoadState();
}

// From the page that offers the code to the page behind it.
export async function proveByCode(page, lodge, address) {
  await press(page, 'Send me the code');
  await fill(page, 'one-time-code', await lodge.code(address));
  await press(page, 'Continue');
}

export async function fill(page, purpose, value) {
  await page.locator(`input[autocomplete~="${purpose}"]`).fill(value);
}

export async function sees(page, ...texts) {
  const text = await page.locator('body').innerText();
  for (const part of texts) {
    const found = part instanceof RegExp ? part.test(text) : text.includes(part);
    assert.ok(found, `${part} is not on ${page.url()}:\n${text}`);
  }
}

// The portal and everyone's own pages in a browser: the frame, the palette, the parts, themes, languages, keys.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, fill, press, sees } from '../browser.mjs';
import { Lodge } from '../lodge.mjs';

let lodge;
let browser;
let portal;

before(async () => {
  lodge = await Lodge.start();
  browser = await Browser.start();
  portal = `${lodge.origin}/portal/${lodge.contoso.id}`;
});

after(async () => {
  await browser?.stop();
  await lodge?.stop();
});

async function signIn(page, name, address = portal) {
  const user = lodge.user(lodge.contoso, name);
  await page.goto(address);
  await fill(page, 'username', user.userPrincipalName);
  await page.locator('main button[type="submit"]').first().click();
  await fill(page, 'current-password', user.password);
  await page.locator('main button[type="submit"]').first().click();
  await page.waitForLoadState();
}

test('an administrator signs in, sees the home page and finds the way without a script', async () => {
  const page = await browser.person();
  await signIn(page, 'admin');
  assert.equal(page.url(), portal);
  await sees(page, 'Contoso', 'people are known here', 'Global Administrator');
  await browser.look(page, 'portal-home');
  await browser.look(page, 'portal-home', ['contrast']);
  await page.getByRole('link', { name: 'Menu', exact: true }).click();
  assert.ok(await page.getByRole('navigation', { name: 'Administration' }).isVisible(), 'the drawer opens by its address');
  await page.screenshot({ path: `${browser.screenshots}/portal-drawer-phone-light.png` });
  await page.getByRole('link', { name: 'Close menu' }).click();
  await page.goto(`${portal}/search?q=help`);
  await sees(page, 'Help');
  await browser.look(page, 'portal-search');
  await page.goto(`${portal}/search?q=zzzz`);
  await browser.look(page, 'portal-search-nothing');
  await page.goto(`${portal}/help`);
  await browser.look(page, 'portal-help');
});

test('the same in Arabic, right to left', async () => {
  const page = await browser.person({ language: 'ar' });
  await signIn(page, 'admin');
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
  await browser.look(page, 'portal-home-ar');
  await page.goto(lodge.account);
  await browser.look(page, 'account-home-ar');
});

test('every part of the pages in every state', async () => {
  const page = await browser.person();
  await page.goto(`${lodge.origin}/dev/components`);
  await browser.look(page, 'components', ['light', 'dark', 'contrast']);
  await page.goto(`${lodge.origin}/dev/components?lang=ar`);
  await browser.look(page, 'components-ar');
  await page.goto(`${lodge.origin}/dev/components?lang=en#new`);
  assert.ok(await page.getByRole('dialog', { name: 'Invite external user' }).isVisible(), 'a drawer needs no script');
  await browser.look(page, 'components-drawer');
  await page.goto(`${lodge.origin}/dev/components#confirm`);
  assert.ok(await page.getByRole('dialog', { name: 'Remove Sofia Rossi?' }).isVisible());
  await browser.look(page, 'components-dialog');
});

test('the parts with a script: selection, copy, drawer with focus and Escape', async () => {
  const page = await browser.person({ scripts: true });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${lodge.origin}/dev/components`);
  const bar = page.getByRole('toolbar', { name: 'Selected' });
  assert.match(await bar.innerText(), /1 · Selected/);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  assert.match(await bar.innerText(), /3 · Selected/);
  await page.getByRole('button', { name: 'Clear selection' }).click();
  await page.getByRole('radio', { name: 'PowerShell' }).check({ force: true });
  assert.ok(await page.getByLabel('PowerShell').last().isVisible());

  const opener = page.getByRole('link', { name: 'New guest user' }).first();
  await opener.click();
  const drawer = page.getByRole('dialog', { name: 'Invite external user' });
  assert.ok(await drawer.isVisible());
  await page.waitForFunction(() => document.activeElement.name === 'addresses');
  assert.ok(await page.evaluate(() => document.querySelector('.l-desk').inert), 'the page behind is inert');
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
  await page.waitForFunction(() => /New guest user/.test(document.activeElement.textContent));
  assert.deepEqual(page.complaints, []);
});

test('Ctrl K opens the palette, arrows move, Enter opens, Escape closes', async () => {
  const page = await browser.person({ scripts: true });
  await page.setViewportSize({ width: 1440, height: 900 });
  await signIn(page, 'admin');
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox');
  await field.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'combobox');
  await browser.lookAsItStands(page, 'palette');
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await field.fill('hel');
  await page.getByRole('option', { name: 'Help' }).waitFor();
  await page.getByRole('option', { name: 'Home' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await page.waitForURL(`${portal}/help`);
  assert.deepEqual(page.complaints, []);
});

test('a search page answers as one types', async () => {
  const page = await browser.person({ scripts: true });
  await signIn(page, 'admin');
  await page.goto(`${portal}/search`);
  await page.getByRole('searchbox').pressSequentially('help');
  await page.getByRole('link', { name: 'Help' }).last().waitFor();
  await page.waitForURL(`${portal}/search?q=help`);
  assert.equal(await page.evaluate(() => document.activeElement.name), 'q');
});

test('somebody without a role reads who can give one', async () => {
  const page = await browser.person();
  await signIn(page, 'member');
  await sees(page, 'You do not administer Contoso', 'Ada Brandt can give it to you');
  await browser.look(page, 'portal-no-entry');
  await press(page, 'My account');
  assert.equal(page.url(), lodge.account);
});

test('everyone’s own pages, light and dark, and the choice that stays', async () => {
  const page = await browser.person();
  await signIn(page, 'member', lodge.account);
  await browser.look(page, 'account-home');
  for (const name of ['profile', 'password', 'sessions', 'apps', 'appearance']) {
    await page.goto(`${lodge.account}/${name}`);
    await browser.look(page, `account-${name}`);
  }
  await press(page, 'High contrast');
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'contrast');
  await page.goto(lodge.account);
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'contrast');
  await page.goto(`${lodge.account}/password`);
  await page.getByLabel('Present password').fill('not it');
  await page.getByLabel('New password', { exact: true }).fill('Quite-another-8');
  await page.getByLabel('New password, once more').fill('Quite-another-8');
  await press(page, 'Change the password');
  await sees(page, 'This is not your present password.');
  await browser.look(page, 'account-password-wrong');
});

test('one browser holds several accounts, and each page names the one it uses', async () => {
  const page = await browser.person();
  await signIn(page, 'admin', lodge.account);
  const lea = lodge.user(lodge.fabrikam, 'admin');
  await page.goto(`${lodge.origin}/account/${lodge.fabrikam.id}/sign-in?prompt=login`);
  await fill(page, 'username', lea.userPrincipalName);
  await press(page, 'Next');
  await fill(page, 'current-password', lea.password);
  await press(page, 'Sign in');
  await sees(page, 'Fabrikam', lea.mail, 'Contoso');
  await page.goto(`${lodge.origin}/portal`);
  assert.equal(page.url(), `${lodge.origin}/portal/${lodge.fabrikam.id}`);
  await page.locator('summary', { hasText: 'your account' }).click();
  await sees(page, lea.mail, 'Contoso');
  await page.getByRole('link', { name: /Contoso/ }).last().click();
  assert.equal(page.url(), portal);
  await page.locator('summary', { hasText: 'your account' }).click();
  await press(page, 'Use another account');
  await sees(page, 'Which account?');
});

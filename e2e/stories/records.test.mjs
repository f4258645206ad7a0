// The logs in the portal: sentences, filters, and the whole of one event.

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

async function signIn(page, tenant, name, address, password) {
  const user = lodge.user(tenant, name);
  await page.goto(address);
  await fill(page, 'username', user.userPrincipalName);
  await page.locator('main button[type="submit"]').first().click();
  await fill(page, 'current-password', password ?? user.password);
  await page.locator('main button[type="submit"]').first().click();
  await page.waitForLoadState();
}

test('an administrator reads what happened, narrows it and opens one event', async () => {
  await lodge.invite('sofia@adatum.example');
  const page = await browser.person();
  await signIn(page, lodge.contoso, 'admin', portal);
  await page.goto(`${portal}/audit-logs`);
  await sees(page, 'Automation invited sofia@adatum.example');
  await browser.look(page, 'audit-logs', ['light', 'dark', 'contrast']);
  await page.goto(`${portal}/audit-logs?q=sofia`);
  assert.equal(await page.locator('tbody tr').count(), 1);
  await page.goto(`${portal}/audit-logs?q=nobody-of-this-name`);
  await sees(page, 'Nothing matches');
  await page.goto(`${portal}/audit-logs?q=sofia`);
  await page.getByRole('link', { name: 'Automation invited sofia@adatum.example' }).click();
  await sees(page, 'Invite external user', 'Correlation id');
  await browser.look(page, 'audit-event');
});

test('the sign-in log names who failed and why', async () => {
  const stranger = await browser.person();
  await signIn(stranger, lodge.contoso, 'member', lodge.account, 'not the password');
  const page = await browser.person();
  await signIn(page, lodge.contoso, 'admin', portal);
  await page.goto(`${portal}/sign-in-logs?result=failure`);
  await sees(page, lodge.user(lodge.contoso, 'member').displayName, 'Not signed in');
  await browser.look(page, 'sign-in-logs', ['light', 'dark', 'contrast']);
  await page.locator('tbody th a').first().click();
  await sees(page, 'AADSTS50126');
  await browser.look(page, 'sign-in-record');
});

test('both logs in Arabic', async () => {
  const page = await browser.person({ language: 'ar' });
  await signIn(page, lodge.contoso, 'admin', portal);
  await page.goto(`${portal}/audit-logs`);
  await browser.look(page, 'audit-logs-ar');
  await page.goto(`${portal}/sign-in-logs`);
  await browser.look(page, 'sign-in-logs-ar');
});

test('whoever may not read the logs is told who can give the right', async () => {
  const page = await browser.person();
  await signIn(page, lodge.contoso, 'inviter', portal);
  const answer = await page.goto(`${portal}/audit-logs`);
  assert.equal(answer.status(), 403);
  await sees(page, 'Reports Reader');
});

// Mail health as an administrator uses it, and Block future invitations as a recipient does.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, fill, press, sees } from '../browser.mjs';
import { Lodge } from '../lodge.mjs';

let lodge;
let browser;
let health;

before(async () => {
  lodge = await Lodge.start();
  browser = await Browser.start();
  health = `${lodge.origin}/portal/${lodge.contoso.id}/mail`;
});

after(async () => {
  await browser?.stop();
  await lodge?.stop();
});

async function signIn(page, name) {
  const user = lodge.user(lodge.contoso, name);
  await page.goto(health);
  await fill(page, 'username', user.userPrincipalName);
  await page.locator('main button[type="submit"]').first().click();
  await fill(page, 'current-password', user.password);
  await page.locator('main button[type="submit"]').first().click();
  await page.waitForLoadState();
}

test('an administrator sees the health of mail, sends a test and chooses a sender', async () => {
  const page = await browser.person();
  await signIn(page, 'admin');
  await sees(page, 'Mail health', 'Sender domains', 'Nothing waits.', 'Nothing was given up.');
  await browser.look(page, 'mail-health');
  await press(page, 'Look again');
  await sees(page, 'The records were looked up.', 'mail stays on this machine');
  await page.locator('button[name="do"][value="test"]').click();
  await page.waitForLoadState();
  await sees(page, 'The test is on its way.', 'Asked for by you');
  const address = lodge.user(lodge.contoso, 'admin').userPrincipalName;
  const [test] = await lodge.mails(address);
  assert.match(test.subject, /^A test from Contoso$/);
  await page.reload();
  await sees(page, 'Taken by the mail server');
  await browser.look(page, 'mail-health-tested');
  const own = `guests@${lodge.contoso.initialDomain}`;
  await page.getByLabel('Address', { exact: true }).fill(own);
  await page.getByLabel('Name before it').fill('Contoso guests');
  await page.locator('button[value="choose_sender"]').click();
  await page.waitForLoadState();
  await sees(page, `Mail comes from ${own} now.`);
  await lodge.invite('sender@adatum.example');
  const [invitation] = await lodge.mails('sender@adatum.example');
  assert.equal(invitation.from, `Contoso guests <${own}>`);
  await page.getByLabel('Address', { exact: true }).fill('boss@elsewhere.example');
  await page.locator('button[value="choose_sender"]').click();
  await page.waitForLoadState();
  await sees(page, 'Mail cannot come from elsewhere.example');
});

test('the same in Arabic', async () => {
  const page = await browser.person({ language: 'ar' });
  await signIn(page, 'admin');
  await browser.look(page, 'mail-health-ar');
});

test('a recipient blocks and allows invitations from below the mail, without signing in', async () => {
  const address = 'quiet@adatum.example';
  await lodge.invite(address);
  const [mail] = await lodge.mails(address);
  const link = mail.links.find((known) => known.includes('/block?'));
  const page = await browser.person();
  await page.goto(link);
  await sees(page, 'Invitations by mail', 'Contoso');
  await browser.look(page, 'block-open');
  await press(page, /^Block Contoso/);
  await sees(page, 'Blocked');
  await browser.look(page, 'block-one');
  await lodge.invite(address);
  assert.equal((await lodge.mails(address)).length, 1, 'the invitation is made and nothing is mailed');
  await press(page, /^Allow again Contoso/);
  await press(page, 'Block all organizations');
  await sees(page, 'sends you invitation mails');
  await browser.look(page, 'block-all');
  await press(page, 'Allow invitations again');
  await lodge.invite(address);
  assert.equal((await lodge.mails(address)).length, 2);
});

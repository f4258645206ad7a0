// Links that no longer open the door say why, and send a new one only where that is right.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, press, proveByCode, sees } from '../browser.mjs';
import { Lodge } from '../lodge.mjs';

let lodge;
let browser;

before(async () => {
  lodge = await Lodge.start();
  browser = await Browser.start();
});

after(async () => {
  await browser?.stop();
  await lodge?.stop();
});

async function dead(link, name) {
  const page = await browser.person();
  const answer = await page.goto(link);
  assert.equal(answer.status(), 410);
  await browser.look(page, name);
  return page;
}

test('a replaced link offers the newest one again, which stays valid', async () => {
  const address = 'replaced@adatum.example';
  await lodge.invite(address);
  const old = await lodge.link(address);
  await lodge.invite(address);
  const newest = await lodge.link(address);
  const page = await dead(old, 'link-replaced');
  const before = (await lodge.mails(address)).length;
  await press(page, 'Send me a new one');
  await browser.look(page, 'link-sent');
  assert.equal((await lodge.mails(address)).length, before + 1);
  assert.equal(await lodge.link(address), newest);
  assert.equal((await page.goto(newest)).status(), 200);
});

test('a link that nobody issued is not known, and the page takes the typed code', async () => {
  const page = await browser.person();
  const unknown = `${lodge.origin}/redeem?tenant=${lodge.contoso.id}&user=${lodge.contoso.id}&ticket=${'A'.repeat(43)}&ver=2.0`;
  assert.equal((await page.goto(unknown)).status(), 404);
  await browser.look(page, 'link-unknown');
  assert.equal(await page.getByLabel('Code of 12 characters').count(), 1);
});

test('a used link says so and offers sign-in', async () => {
  const address = 'used@adatum.example';
  await lodge.invite(address);
  const link = await lodge.link(address);
  const page = await browser.person();
  await page.goto(link);
  await press(page, 'Continue');
  await proveByCode(page, lodge, address);
  await press(page, /^Accept/);
  const other = await dead(link, 'link-used');
  await press(other, /Sign in/);
  await sees(other, 'Contoso');
});

test('the link of a deleted guest is no longer valid and nothing is sent', async () => {
  const address = 'gone@adatum.example';
  const invitation = await lodge.invite(address);
  const link = await lodge.link(address);
  await lodge.remove(invitation.invitedUser.id);
  const before = (await lodge.mails(address)).length;
  const page = await dead(link, 'link-ended');
  assert.equal(await page.getByRole('button', { name: 'Send me a new one' }).count(), 0);
  assert.equal((await lodge.mails(address)).length, before);
});

test('an expired link is followed by a new one on request', async () => {
  const address = 'late@adatum.example';
  await lodge.invite(address);
  const link = await lodge.link(address);
  await lodge.advance('P31D');
  const page = await dead(link, 'link-expired');
  await press(page, 'Send me a new one');
  const newest = await lodge.link(address);
  assert.notEqual(newest, link);
  assert.equal((await page.goto(newest)).status(), 200);
});

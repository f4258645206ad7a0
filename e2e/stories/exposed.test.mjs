// A development server that others may reach: its mail is shown to whoever has the token of the card.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, sees } from '../browser.mjs';
import { Lodge } from '../lodge.mjs';

let lodge;
let browser;

before(async () => {
  lodge = await Lodge.start('--expose');
  browser = await Browser.start();
});

after(async () => {
  await browser?.stop();
  await lodge?.stop();
});

test('the captured mail opens once with the token and stays open in that browser alone', async () => {
  assert.ok(lodge.card.devToken);
  await lodge.invite('sofia@adatum.example');
  const page = await browser.person();
  const mail = `${lodge.origin}/dev/mail`;
  assert.equal((await page.goto(mail)).status(), 401);
  assert.equal((await page.goto(`${mail}?token=wrong`)).status(), 401);
  assert.equal((await page.goto(`${mail}?token=${lodge.card.devToken}`)).status(), 200);
  assert.equal(page.url(), mail, 'the token does not stay in the address');
  await sees(page, 'sofia@adatum.example');
  assert.equal((await page.goto(mail)).status(), 200);
  assert.equal((await page.goto(`${mail}.json`)).status(), 200);
  const [cookie] = (await page.context().cookies(lodge.origin)).filter(({ name }) => name.includes('dev'));
  assert.ok(cookie.httpOnly && cookie.secure && cookie.sameSite !== 'None', JSON.stringify(cookie));
  const other = await browser.person();
  assert.equal((await other.goto(mail)).status(), 401);
});

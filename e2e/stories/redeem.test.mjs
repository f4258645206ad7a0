// A guest follows the link in the mail, proves the address by a code, accepts, and arrives.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, choose, fill, press, proveByCode, sees } from '../browser.mjs';
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

test('from the mail to the account page, without a script', async () => {
  const address = 'sofia@adatum.example';
  const invitation = await lodge.invite(address, { invitedUserDisplayName: 'Sofia Rossi' });
  const page = await browser.person();

  const landing = await page.goto(await lodge.link(address));
  assert.equal(landing.status(), 200);
  await sees(page, 'Contoso', address);
  await browser.look(page, 'landing');

  await press(page, 'Continue');
  await sees(page, address);
  await browser.look(page, 'find-code');

  await press(page, 'Send me the code');
  await sees(page, address);
  await browser.look(page, 'code');

  const wrong = (await lodge.code(address)) === '00000000' ? '11111111' : '00000000';
  await fill(page, 'one-time-code', wrong);
  await press(page, 'Continue');
  assert.equal((await lodge.guest(invitation.invitedUser.id)).externalUserState, 'PendingAcceptance');
  await browser.look(page, 'code-wrong');

  await fill(page, 'one-time-code', await lodge.code(address));
  await press(page, 'Try again');
  await sees(page, 'Contoso', address);
  assert.equal((await lodge.guest(invitation.invitedUser.id)).externalUserState, 'PendingAcceptance');
  await browser.look(page, 'consent');

  await press(page, /^Accept/);
  assert.equal(page.url(), lodge.account);
  assert.equal((await lodge.guest(invitation.invitedUser.id)).externalUserState, 'Accepted');
  await sees(page, 'Contoso', 'Sofia Rossi');
  await browser.look(page, 'account');
});

test('the typed code of the mail leads to the same page', async () => {
  const address = 'typed@adatum.example';
  await lodge.invite(address);
  const { code } = await lodge.mail(address, 'guest_invitation');
  const page = await browser.person();
  const entry = await page.goto(`${lodge.origin}/redeem`);
  assert.equal(entry.status(), 200);
  await browser.look(page, 'typed-code');
  const typed = code.replace(/(.{4})(?=.)/g, '$1-').toLowerCase();
  await page.getByLabel('Code of 12 characters').fill(typed);
  await press(page, 'Open the invitation');
  await sees(page, address, 'Contoso');
});

test('a target that nobody registered is shown before it is opened', async () => {
  const address = 'elsewhere@adatum.example';
  await lodge.invite(address, { inviteRedirectUrl: 'https://unknown.example/start' });
  const page = await browser.person();
  await page.goto(await lodge.link(address));
  await press(page, 'Continue');
  await proveByCode(page, lodge, address);
  await press(page, /^Accept/);
  assert.ok(page.url().startsWith(lodge.origin), page.url());
  await sees(page, 'unknown.example');
  await browser.look(page, 'leaving');
});

test('declining asks for the proof first and then ends the invitation', async () => {
  const address = 'no@adatum.example';
  const invitation = await lodge.invite(address);
  const link = await lodge.link(address);
  const page = await browser.person();
  await page.goto(link);
  await press(page, 'Decline');
  await proveByCode(page, lodge, address);
  await browser.look(page, 'decline');
  await press(page, 'Decline the invitation');
  await sees(page, 'You declined');
  await browser.look(page, 'declined');
  assert.equal((await lodge.guest(invitation.invitedUser.id)).externalUserState, 'PendingAcceptance');
  assert.equal((await page.goto(link)).status(), 410);
});

test('reporting and "not me" change nothing', async () => {
  const address = 'unsure@adatum.example';
  await lodge.invite(address);
  const link = await lodge.link(address);
  const page = await browser.person();
  await page.goto(link);
  await press(page, 'Not me');
  await browser.look(page, 'not-me');
  await page.goto(link);
  await press(page, 'Report');
  await browser.look(page, 'report');
  assert.equal((await page.goto(link)).status(), 200);
});

test('the pages speak Arabic from right to left', async () => {
  const address = 'layla@adatum.example';
  await lodge.invite(address, { invitedUserMessageInfo: { messageLanguage: 'ar' } });
  assert.equal((await lodge.mail(address, 'guest_invitation')).language, 'ar');
  const page = await browser.person({ language: 'ar' });
  await page.goto(await lodge.link(address));
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
  assert.equal(await page.locator('html').getAttribute('lang'), 'ar');
  await sees(page, address);
  await browser.look(page, 'landing-arabic');
  await choose(page, 'continue');
  await choose(page, 'send_code');
  await browser.look(page, 'code-arabic');
  await fill(page, 'one-time-code', await lodge.code(address));
  await choose(page, 'verify');
  await browser.look(page, 'consent-arabic');
});

for (const [language, word] of [['de', 'Contoso'], ['fr', 'Contoso'], ['es', 'Contoso']]) {
  test(`the landing page speaks ${language}`, async () => {
    const address = `${language}@adatum.example`;
    await lodge.invite(address, { invitedUserMessageInfo: { messageLanguage: language } });
    const page = await browser.person({ language });
    await page.goto(await lodge.link(address));
    assert.equal(await page.locator('html').getAttribute('lang'), language);
    await sees(page, word, address);
    await browser.look(page, `landing-${language}`);
  });
}

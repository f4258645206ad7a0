// Signing in with a password, redeeming with a home account, and with the wrong one.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, fill, press, sees } from '../browser.mjs';
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

async function password(page, user, value = user.password) {
  await fill(page, 'current-password', value);
  await press(page, 'Sign in');
}

test('a member signs in with a password and out again', async () => {
  const member = lodge.user(lodge.contoso, 'member');
  const page = await browser.person();
  await page.goto(lodge.account);
  await browser.look(page, 'sign-in');
  await fill(page, 'username', member.userPrincipalName);
  await press(page, 'Next');
  await browser.look(page, 'password');
  await password(page, member, 'not the password');
  await browser.look(page, 'password-wrong');
  await password(page, member);
  assert.equal(page.url(), lodge.account);
  await sees(page, member.displayName, 'Contoso');
  await browser.look(page, 'account-member');
  await press(page, 'Sign out');
  await browser.look(page, 'signed-out');
  await page.goto(lodge.account);
  assert.equal(await page.locator('input[autocomplete~="username"]').count(), 1);
});

test('an unknown name gets the same answer as a wrong password', async () => {
  const texts = [];
  for (const name of [lodge.user(lodge.contoso, 'member').userPrincipalName, 'nobody@contoso.example']) {
    const page = await browser.person();
    await page.goto(lodge.account);
    await fill(page, 'username', name);
    await press(page, 'Next');
    await password(page, { password: 'not the password' });
    texts.push(await page.getByRole('alert').innerText());
  }
  assert.equal(texts[0], texts[1]);
});

test('a member of Fabrikam redeems with the account of Fabrikam and is offered no code', async () => {
  const member = lodge.user(lodge.fabrikam, 'member');
  const invitation = await lodge.invite(member.mail);
  const page = await browser.person();
  await page.goto(await lodge.link(member.mail));
  await press(page, 'Continue');
  await sees(page, 'Fabrikam', member.mail);
  assert.equal(await page.locator('input[autocomplete~="one-time-code"]').count(), 0);
  await browser.look(page, 'home-account');
  await press(page, 'Continue with Fabrikam');
  if (await page.locator('input[autocomplete~="username"]:visible').count()) {
    await fill(page, 'username', member.userPrincipalName);
    await press(page, 'Next');
  }
  await password(page, member);
  await sees(page, 'Contoso', member.mail);
  await browser.look(page, 'consent-home-account');
  await press(page, /^Accept/);
  assert.equal(page.url(), lodge.account);
  const guest = await lodge.guest(invitation.invitedUser.id, 'externalUserState,identities');
  assert.equal(guest.externalUserState, 'Accepted');
  assert.deepEqual(
    guest.identities.filter(({ signInType }) => signInType === 'federated').map(({ issuer }) => issuer),
    ['ExternalAzureAD'],
  );
  assert.equal((await lodge.mails(member.mail, 'email_code')).length, 0);
});

test('who is signed in as somebody else sees both addresses and can switch', async () => {
  const invited = lodge.user(lodge.fabrikam, 'inviter');
  const other = lodge.user(lodge.fabrikam, 'admin');
  const invitation = await lodge.invite(invited.mail);
  const page = await browser.person();
  await page.goto(`${lodge.origin}/account/${lodge.fabrikam.id}`);
  await fill(page, 'username', other.userPrincipalName);
  await press(page, 'Next');
  await password(page, other);
  await page.goto(await lodge.link(invited.mail));
  await press(page, 'Continue');
  if (await page.getByRole('button', { name: 'Continue with Fabrikam' }).count()) {
    await press(page, 'Continue with Fabrikam');
  }
  await sees(page, invited.mail, other.mail);
  await browser.look(page, 'wrong-account');
  assert.equal((await lodge.guest(invitation.invitedUser.id)).externalUserState, 'PendingAcceptance');
  await press(page, /Switch account|Use another account/);
  if (await page.locator('input[autocomplete~="username"]:visible').count()) {
    await fill(page, 'username', invited.userPrincipalName);
    await press(page, 'Next');
  }
  await password(page, invited);
  await press(page, /^Accept/);
  assert.equal((await lodge.guest(invitation.invitedUser.id)).externalUserState, 'Accepted');
});

test('the captured mail is a page that can be read', async () => {
  await lodge.invite('reader@adatum.example');
  const page = await browser.person();
  await page.goto(`${lodge.origin}/dev/mail`);
  await sees(page, 'reader@adatum.example');
  await browser.look(page, 'dev-mail');
});

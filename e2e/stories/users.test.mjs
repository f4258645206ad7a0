// Users in the portal: finding them, inviting guests, making members, what waits, what was deleted.

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

// Somebody of Contoso on a page of the portal.
async function at(path, name = 'admin', options = {}) {
  const user = lodge.user(lodge.contoso, name);
  const page = await browser.person(options);
  await page.goto(`${portal}${path}`);
  await signIn(page, user.userPrincipalName, user.password);
  await page.goto(`${portal}${path}`);
  return page;
}

async function signIn(page, name, password) {
  await fill(page, 'username', name);
  await page.locator('form[method="post"] button[type="submit"]').first().click();
  await page.waitForLoadState();
  await fill(page, 'current-password', password);
  await page.locator('form[method="post"] button[type="submit"]').first().click();
  await page.waitForLoadState();
}


test('a guest is added with New guest user, an address, a message and Invite', async () => {
  const page = await at('/users');
  await press(page, 'New guest user');
  await page.getByLabel('E-mail addresses').fill('nadia.petrova@adatum.example');
  await page.getByLabel(/^Personal message/).fill('Welcome to the wing tests.');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.waitForLoadState();
  await sees(page, 'nadia.petrova@adatum.example was invited.', 'B2B collaboration', 'Pending acceptance', 'Timeline');
  const mail = await lodge.mail('nadia.petrova@adatum.example', 'guest_invitation');
  assert.match(mail.text, /Welcome to the wing tests\./);
});

test('Resend invitation is there while the guest has not accepted, and the direct link afterwards', async () => {
  const invited = await lodge.invite('resend@adatum.example');
  const page = await at(`/users/${invited.invitedUser.id}`);
  await press(page, 'Resend invitation');
  await sees(page, 'The invitation was sent again.');
  assert.equal((await lodge.mails('resend@adatum.example', 'guest_invitation')).length, 2);

  const guest = await browser.person();
  await guest.goto(await lodge.link('resend@adatum.example'));
  await press(guest, 'Continue');
  await press(guest, 'Send me the code');
  await fill(guest, 'one-time-code', await lodge.code('resend@adatum.example'));
  await press(guest, 'Continue');
  await press(guest, /^Accept/);

  await page.goto(`${portal}/users/${invited.invitedUser.id}`);
  await sees(page, 'Accepted', 'Direct link', 'Mail the link', 'accepted the invitation');
  assert.equal(await page.getByRole('button', { name: 'Resend invitation' }).count(), 0);
  await page.getByText('Why is there no Resend?').click();
  await sees(page, 'there is nothing to resend');
});

test('many addresses are decided before anything is sent', async () => {
  await lodge.invite('waits@adatum.example');
  const page = await at('/users/invite');
  const member = lodge.user(lodge.contoso, 'member');
  const pasted = ['one@adatum.example', '"Two" <two@adatum.example>', 'ONE@adatum.example', 'waits@adatum.example', member.userPrincipalName, 'new@contoso.example', 'no address'];
  await page.getByLabel('E-mail addresses').fill(pasted.join('\n'));
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.waitForLoadState();
  await sees(page, 'What will happen', '2 new, 1 waiting, 0 already guests, 2 refused', 'needs no invitation', 'Line 7', 'One address was given twice');
  assert.equal((await lodge.mails('one@adatum.example')).length, 0, 'nothing is sent yet');
  await browser.look(page, 'new-guest-decisions');
  await press(page, 'Invite 3');
  await sees(page, '3 of 3 done', '3 invited');
  assert.equal((await lodge.mails('two@adatum.example', 'guest_invitation')).length, 1);
  await browser.look(page, 'invitation-batch');
});

test('a second press of Invite makes one invitation', async () => {
  const page = await at('/users/invite');
  await page.getByLabel('E-mail addresses').fill('twice@adatum.example');
  const button = page.getByRole('button', { name: 'Invite', exact: true });
  const form = await button.evaluate(({ form, name, value }) => [...new FormData(form), ...(name ? [[name, value]] : [])]);
  const pressed = { form: Object.fromEntries(form), headers: { origin: lodge.origin }, maxRedirects: 0 };
  const send = () => page.request.post(`${portal}/users/invite`, pressed);
  const answers = await Promise.all([send(), send()]);
  // Whoever comes second, or later, is led to the guest, told that it is being done, or shown that the address waits.
  const guests = [...answers, await send()].map((answer) => answer.headers().location).filter((location) => location);
  assert.ok(guests.length > 0);
  for (const guest of guests) assert.match(guest, /\/users\/[0-9a-f-]{36}$/);
  assert.equal(new Set(guests).size, 1);
  assert.equal((await lodge.mails('twice@adatum.example', 'guest_invitation')).length, 1);
});

test('an outside address in New user becomes the invitation that was meant', async () => {
  const page = await at('/users');
  await press(page, 'New user');
  await page.getByLabel('User principal name').fill('lea.martin@adatum.example');
  await page.getByLabel('Name', { exact: true }).fill('Lea Martin');
  await press(page, 'Create');
  await sees(page, 'adatum.example is not one of Contoso’s domains, so this would be a guest.');
  await browser.look(page, 'new-user-outside');
  await press(page, 'Invite as guest');
  assert.equal(await page.getByLabel('E-mail addresses').inputValue(), 'lea.martin@adatum.example');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.waitForLoadState();
  await sees(page, 'lea.martin@adatum.example was invited.');
});

test('a new member gets a password that is shown once and asks for another', async () => {
  const page = await at('/users/new');
  await browser.look(page, 'new-user');
  await page.getByLabel('User principal name').fill('eva.lang@contoso.example');
  await page.getByLabel('Name', { exact: true }).fill('Eva Lang');
  await press(page, 'Create');
  await sees(page, 'Eva Lang was created', 'shown here once');
  await browser.look(page, 'new-user-made');
  const password = (await page.locator('pre').innerText()).trim();
  const eva = await browser.person();
  await eva.goto(lodge.account);
  await signIn(eva, 'eva.lang@contoso.example', password);
  assert.match(eva.url(), /\/set-up\?/);
  const fields = eva.locator('input[autocomplete~="new-password"]');
  await fields.nth(0).fill('Quite-new-words-7');
  await fields.nth(1).fill('Quite-new-words-7');
  await eva.locator('form[method="post"] button[type="submit"]').first().click();
  await eva.waitForLoadState();
  await sees(eva, 'Eva Lang');
});

test('what waits is sent again and withdrawn, many at once, with the consequences said first', async () => {
  const first = await lodge.invite('kofi.mensah@adatum.example');
  await lodge.invite('petra.novak@adatum.example');
  const page = await at('/invitations');
  await sees(page, 'Pending invitations', 'kofi.mensah@adatum.example', 'in 29 days');
  await browser.look(page, 'pending-invitations');
  await page.getByRole('checkbox', { name: /kofi/i }).check();
  await page.getByRole('checkbox', { name: /petra/i }).check();
  await press(page, 'Resend invitation');
  await sees(page, '2 invitations were sent again.');
  const old = (await lodge.mails('kofi.mensah@adatum.example', 'guest_invitation'))[0].links[0];
  await page.getByRole('checkbox', { name: /kofi/i }).check();
  await press(page, 'Withdraw');
  await sees(page, 'Withdraw one invitation?', 'Every link and code sent so far ends at once.', 'No mail is sent about it.');
  await browser.look(page, 'pending-withdraw');
  await press(page, 'Withdraw one');
  await sees(page, 'The invitation was withdrawn.');
  assert.ok(!(await page.locator('table').innerText()).includes('kofi.mensah'));
  await page.goto(`${portal}/users/${first.invitedUser.id}`);
  await sees(page, 'Withdrawn', 'Invite again');
  const guest = await browser.person();
  await guest.goto(old);
  assert.equal(await guest.getByRole('button', { name: 'Continue' }).count(), 0);
});

test('a deleted user comes back, or goes for good', async () => {
  const invited = await lodge.invite('leaves@adatum.example');
  const page = await at(`/users/${invited.invitedUser.id}`);
  await press(page, 'Delete');
  await sees(page, 'Delete leaves?', 'For 30 days the user can be restored whole');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.waitForLoadState();
  await sees(page, 'The user was deleted');
  await page.goto(`${portal}/users/deleted`);
  await browser.look(page, 'deleted-users');
  await page.getByRole('checkbox', { name: /leaves/ }).check();
  await press(page, 'Restore');
  await sees(page, 'The user is back.', 'leaves@adatum.example');
  await press(page, 'Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.goto(`${portal}/users/deleted`);
  await page.getByRole('checkbox', { name: /leaves/ }).check();
  await press(page, 'Delete permanently');
  await sees(page, 'This cannot be undone, by nobody.');
  await press(page, 'Delete one permanently');
  await sees(page, 'The user is gone for good.', 'Nobody was deleted');
});

test('users are found as one types, filtered by the address alone, and kept as a view', async () => {
  await lodge.invite('omar.haddad@adatum.example');
  const page = await at('/users', 'admin', { scripts: true });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('searchbox').fill('omar');
  await page.getByRole('region', { name: 'Users' }).getByText('One shown').waitFor();
  assert.match(page.url(), /q=omar/);
  await sees(page, 'omar.haddad@adatum.example');
  await page.goto(`${portal}/users?type=Guest&state=PendingAcceptance`);
  await sees(page, 'User type: Guest', 'State: Waiting');
  await page.getByRole('link', { name: 'Save view' }).click();
  await page.getByLabel('Name of the view').fill('Waiting guests');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForLoadState();
  assert.equal(await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /Waiting guests/ }).getAttribute('aria-current'), 'page');
  await page.goto(`${portal}/users?q=zzzz`);
  await sees(page, 'Nobody matches');
  const csv = await page.evaluate(async (url) => (await fetch(url)).text(), `${portal}/users?type=Guest&format=csv`);
  assert.match(csv, /omar\.haddad@adatum\.example/);
});

test('who blocks a user sees it at once', async () => {
  const invited = await lodge.invite('noah.berg@adatum.example');
  const page = await at(`/users/${invited.invitedUser.id}`);
  await press(page, 'Block sign-in');
  await sees(page, 'can no longer sign in', 'Blocked', 'blocked sign-in');
  await page.goto(`${portal}/users?enabled=no`);
  await sees(page, 'noah.berg@adatum.example');
  await page.goto(`${portal}/users/${invited.invitedUser.id}`);
  await press(page, 'Unblock');
  await sees(page, 'can sign in again');
});

test('a reader sees users and is offered no change', async () => {
  const page = await at('/users', 'inviter');
  await sees(page, 'New guest user');
  assert.equal(await page.getByRole('link', { name: 'New user', exact: true }).count(), 0);
  assert.equal(await page.getByRole('checkbox').count(), 0);
});

test('the pages look right in every light, English and Arabic', async () => {
  const invited = await lodge.invite('hanna.kowalska@adatum.example');
  for (const [language, tag] of [['en-US', 'en'], ['ar', 'ar']]) {
    const page = await at('/users', 'admin', { language });
    for (const theme of ['', 'contrast']) {
      const suffix = `${tag}${theme && `-${theme}`}`;
      for (const [path, name] of [['/users', 'users'], ['/users/invite', 'new-guest'], [`/users/${invited.invitedUser.id}`, 'guest'], ['/invitations', 'pending']]) {
        await page.goto(`${portal}${path}${theme && `?theme=${theme}`}`);
        await browser.look(page, `${name}-${suffix}`);
      }
    }
  }
});

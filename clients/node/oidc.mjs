// A guest is invited, redeems by mail and code, and signs in to an application through `openid-client` as it comes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from 'openid-client';
import { Person } from './person.mjs';

const card = JSON.parse(process.env.LODGE_CARD);
const contoso = card.tenants.find((tenant) => tenant.displayName === 'Contoso');
const automation = contoso.applications.find((application) => application.displayName === 'Automation');
const demo = contoso.applications.find((application) => application.displayName === 'Demo web app');

const ADDRESS = 'lea@adatum.example';
const CALLBACK = 'http://localhost:53683/callback';
const SCOPE = 'openid profile email offline_access User.Read';
const account = `${card.origin}/account/${contoso.id}`;
const issuer = new URL(`${card.origin}/${contoso.id}/v2.0`);

// The story so far: later steps stand on the earlier ones.
const story = {};

test('an application gets a token and invites a guest', async () => {
  const application = await client.discovery(issuer, automation.appId, automation.secret);
  const token = await client.clientCredentialsGrant(application, { scope: `${card.origin}/.default` });
  story.graph = graphWith(token.access_token);
  const { status, body } = await story.graph('POST', '/v1.0/invitations', {
    invitedUserEmailAddress: ADDRESS,
    inviteRedirectUrl: account,
    sendInvitationMessage: true,
  });
  assert.equal(status, 201);
  story.guest = body.invitedUser.id;
});

test('the guest opens the link from the mail and proves the address by the code mailed to it', async () => {
  const mail = await newestMail(ADDRESS, 'guest_invitation');
  const link = mail.links.find((known) => known.startsWith(`${card.origin}/redeem?`));
  story.person = new Person({ stopsAt: [CALLBACK] });
  await story.person.open(link);
  assert.equal(story.person.status, 200);
  story.person.sees('Contoso').sees(ADDRESS);
  await story.person.press('Continue');
  await story.person.press('Send me the code');
  await story.person.press('Continue', { 'one-time-code': await newestCode() });
});

test('nothing is bound before the guest accepts', async () => {
  assert.equal((await guest()).externalUserState, 'PendingAcceptance');
});

test('the guest accepts once and lands where the invitation leads', async () => {
  await story.person.press('Accept');
  assert.equal(story.person.url, account);
  assert.equal(story.person.status, 200);
  story.person.sees('Contoso').sees(ADDRESS);
});

test('the directory knows the guest as accepted, with an identity proven by mail', async () => {
  const user = await guest();
  assert.equal(user.externalUserState, 'Accepted');
  const federated = user.identities.filter((identity) => identity.signInType === 'federated');
  assert.deepEqual(federated.map((identity) => identity.issuer), ['mail']);
});

test('redeeming is one audit event', async () => {
  const events = await audits('Redeem external user invite');
  assert.equal(events.length, 1);
  assert.ok(events[0].targetResources.some((target) => target.id === story.guest));
});

test('the used link says so and leads to sign-in', async () => {
  const mail = await newestMail(ADDRESS, 'guest_invitation');
  const stranger = await new Person().open(mail.links.find((known) => known.includes('/redeem?')));
  assert.equal(stranger.status, 410);
});

test('inviting an accepted guest again changes nothing and is completed', async () => {
  const { status, body } = await story.graph('POST', '/v1.0/invitations', {
    invitedUserEmailAddress: ADDRESS,
    inviteRedirectUrl: account,
  });
  assert.equal(status, 201);
  assert.equal(body.status, 'Completed');
  assert.equal(body.invitedUser.id, story.guest);
  const stranger = await new Person().open(body.inviteRedeemUrl);
  assert.equal(stranger.status, 200);
});

test('the guest signs in to the application without being asked again', async () => {
  story.application = await client.discovery(issuer, demo.appId, undefined, client.None());
  client.enableNonRepudiationChecks(story.application);
  story.tokens = await signIn(story.person);
  checkGuest(story.tokens.claims());
});

test('a fresh browser signs in with a code mailed to the address', async () => {
  const elsewhere = new Person({ stopsAt: [CALLBACK] });
  const tokens = await signIn(elsewhere, async () => {
    await elsewhere.press('Next', { username: ADDRESS });
    await elsewhere.press('Sign in', { 'one-time-code': await newestCode() });
  });
  checkGuest(tokens.claims());
  assert.equal(tokens.claims().sub, story.tokens.claims().sub);
});

test('userinfo speaks of the same subject', async () => {
  const { sub } = story.tokens.claims();
  const info = await client.fetchUserInfo(story.application, story.tokens.access_token, sub);
  assert.equal(info.sub, sub);
  assert.equal(info.email, ADDRESS);
});

test('the guest reads the own user with the token', async () => {
  const { status, body } = await graphWith(story.tokens.access_token)('GET', '/v1.0/me');
  assert.equal(status, 200);
  assert.equal(body.id, story.guest);
});

test('the access token is a guest token of this tenant', () => {
  const claims = JSON.parse(Buffer.from(story.tokens.access_token.split('.')[1], 'base64url'));
  assert.equal(claims.iss, `${card.origin}/${contoso.id}/`);
  assert.equal(claims.tid, contoso.id);
  assert.equal(claims.oid, story.guest);
  assert.equal(claims.idp, 'mail');
  assert.equal(Number(claims.acct), 1);
  assert.equal(claims.idtyp, 'user');
  assert.ok(claims.scp.split(' ').includes('User.Read'));
  assert.equal(claims.upn, undefined);
});

test('the tokens are refreshed, and another one later', async () => {
  const first = await client.refreshTokenGrant(story.application, story.tokens.refresh_token);
  assert.ok(first.access_token && first.refresh_token);
  const second = await client.refreshTokenGrant(story.application, first.refresh_token, { scope: SCOPE });
  assert.equal(second.claims().sub, story.tokens.claims().sub);
});

test('a wrong PKCE verifier gets nothing', async () => {
  const { callback, checks } = await authorize(story.person);
  await assert.rejects(
    client.authorizationCodeGrant(story.application, callback, {
      ...checks,
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
    }),
    { error: 'invalid_grant' },
  );
});

test('an unregistered redirect is shown on a page and never followed', async () => {
  const { url } = await request({ redirect_uri: 'https://evil.example/callback' });
  const person = await new Person({ stopsAt: ['https://evil.example'] }).open(url);
  assert.equal(person.landed, undefined);
  assert.equal(person.status, 400);
  person.sees('AADSTS50011');
});

test('the sign-in is in the log', async () => {
  const { status, body } = await story.graph('GET', '/v1.0/auditLogs/signIns?$top=50');
  assert.equal(status, 200);
  const mine = body.value.filter((row) => row.userId === story.guest && row.appId === demo.appId);
  assert.ok(mine.length > 0);
  assert.equal(mine[0].status.errorCode, 0);
});

test('after signing out the application asks again', async () => {
  const end = client.buildEndSessionUrl(story.application, {
    post_logout_redirect_uri: CALLBACK,
    id_token_hint: story.tokens.id_token,
    state: 'bye',
  });
  await story.person.open(end);
  assert.equal(story.person.landed?.href, `${CALLBACK}?state=bye`);
  const { url } = await request();
  await story.person.open(url);
  assert.equal(story.person.landed, undefined);
  assert.match(story.person.text, /autocomplete="username/);
});

test('without a session prompt=none is answered with login_required', async () => {
  const { url } = await request({ prompt: 'none' });
  const person = await new Person({ stopsAt: [CALLBACK] }).open(url);
  assert.equal(person.landed?.searchParams.get('error'), 'login_required');
});

// The address to start at, and what the answer must be held against.
async function request(more = {}) {
  const checks = {
    pkceCodeVerifier: client.randomPKCECodeVerifier(),
    expectedState: client.randomState(),
    expectedNonce: client.randomNonce(),
  };
  const url = client.buildAuthorizationUrl(story.application, {
    redirect_uri: CALLBACK,
    scope: SCOPE,
    code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    ...more,
  });
  return { url, checks };
}

async function authorize(person, meanwhile = async () => {}) {
  const { url, checks } = await request();
  await person.open(url);
  await meanwhile();
  assert.ok(person.landed, `the sign-in ended at ${person.url} (${person.status}):\n${person.text.slice(0, 4000)}`);
  return { callback: person.landed, checks };
}

async function signIn(person, meanwhile) {
  const { callback, checks } = await authorize(person, meanwhile);
  return client.authorizationCodeGrant(story.application, callback, checks);
}

function checkGuest(claims) {
  assert.equal(claims.tid, contoso.id);
  assert.equal(claims.oid, story.guest);
  assert.equal(claims.aud, demo.appId);
  assert.equal(claims.iss, issuer.href);
  assert.equal(claims.idp, 'mail');
  assert.equal(Number(claims.acct), 1);
  assert.equal(claims.email, ADDRESS);
  assert.equal(claims.preferred_username, ADDRESS);
  assert.match(claims.sub, /^[A-Za-z0-9_-]{43}$/);
}

function graphWith(token) {
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(card.origin + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, body: text && JSON.parse(text) };
  };
}

async function guest() {
  const { body } = await story.graph('GET', `/v1.0/users/${story.guest}?$select=id,externalUserState,identities`);
  return body;
}

async function audits(activity) {
  const filter = encodeURIComponent(`activityDisplayName eq '${activity}'`);
  const { status, body } = await story.graph('GET', `/v1.0/auditLogs/directoryAudits?$filter=${filter}`);
  assert.equal(status, 200);
  return body.value;
}

async function mails(to, kind) {
  const answer = await fetch(`${card.origin}/dev/mail.json?to=${encodeURIComponent(to)}`);
  const body = await answer.json();
  return (Array.isArray(body) ? body : body.value).filter((mail) => mail.kind === kind);
}

async function newestMail(to, kind) {
  const [newest] = await mails(to, kind);
  assert.ok(newest, `no ${kind} for ${to}`);
  return newest;
}

async function newestCode() {
  const { code } = await newestMail(ADDRESS, 'email_code');
  assert.match(code, /^[0-9]{8}$/);
  return code;
}

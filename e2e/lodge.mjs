// A server of its own for a story: started on a free port, asked for its card, stopped at the end.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createInterface } from 'node:readline';

const binary = process.env.LODGE_BINARY ?? new URL('../target/debug/lodge', import.meta.url).pathname;

export class Lodge {
  static async start(...options) {
    // Everything is logged, so that the end of a story can look for what must never be.
    const env = { ...process.env, LODGE_LOG_LEVEL: 'trace', LODGE_LOG_FORMAT: 'json' };
    const server = spawn(binary, ['dev', '--json', '--listen', '127.0.0.1:0', ...options], { env });
    let complaints = '';
    server.stderr.on('data', (data) => (complaints += data));
    const card = await Promise.race([
      new Promise((resolve) => createInterface(server.stdout).once('line', (line) => resolve(JSON.parse(line)))),
      new Promise((_, reject) => server.once('exit', (code) => reject(new Error(`exit ${code}: ${complaints}`)))),
    ]);
    return new Lodge(server, card, () => complaints);
  }

  constructor(server, card, complaints) {
    this.server = server;
    this.card = card;
    this.complaints = complaints;
    this.origin = card.origin;
    this.agent = new Agent({ ca: readFileSync(card.caFile), keepAlive: true });
    this.contoso = card.tenants.find((tenant) => tenant.displayName === 'Contoso');
    this.fabrikam = card.tenants.find((tenant) => tenant.displayName === 'Fabrikam');
    this.secrets = new Set(
      card.tenants.flatMap(({ users, applications }) => [
        ...users.map((user) => user.password),
        ...applications.map((application) => application.secret),
      ]),
    );
    this.account = `${this.origin}/account/${this.contoso.id}`;
  }

  async stop() {
    this.agent.destroy();
    const gone = new Promise((resolve) => this.server.once('exit', resolve));
    this.server.kill('SIGTERM');
    const log = this.complaints();
    assert.equal(await gone, 0, log);
    for (const secret of this.secrets) {
      const line = secret && log.split('\n').find((line) => line.includes(secret));
      assert.ok(!line, `a secret of the story stands in the log: ${line}`);
    }
  }

  user(tenant, localPart) {
    return tenant.users.find((user) => user.userPrincipalName === `${localPart}@${tenant.initialDomain}`);
  }

  application(tenant, name) {
    return tenant.applications.find((application) => application.displayName === name);
  }

  // Invites as the Automation application; gives the answer of Graph.
  async invite(address, fields = {}) {
    const token = await this.#token();
    return this.#json('POST', '/v1.0/invitations', {
      token,
      body: {
        invitedUserEmailAddress: address,
        inviteRedirectUrl: this.account,
        sendInvitationMessage: true,
        ...fields,
      },
      expected: 201,
    });
  }

  async guest(id, select = 'id,externalUserState') {
    return this.#json('GET', `/v1.0/users/${id}?$select=${select}`, { token: await this.#token(), expected: 200 });
  }

  async remove(id) {
    await this.#json('DELETE', `/v1.0/users/${id}`, { token: await this.#token(), expected: 204 });
  }

  async mails(to, kind) {
    const body = await this.#json('GET', `/dev/mail.json?to=${encodeURIComponent(to)}`, { expected: 200 });
    const mails = Array.isArray(body) ? body : body.value;
    for (const { code, links } of mails) {
      if (code) this.secrets.add(code);
      for (const link of links) {
        for (const name of ['ticket', 'token']) this.secrets.add(new URL(link).searchParams.get(name));
      }
    }
    return mails.filter((mail) => !kind || mail.kind === kind);
  }

  async mail(to, kind) {
    const [newest] = await this.mails(to, kind);
    assert.ok(newest, `no ${kind} for ${to}`);
    return newest;
  }

  async link(to) {
    const { links } = await this.mail(to, 'guest_invitation');
    return links.find((link) => link.startsWith(`${this.origin}/redeem?`));
  }

  async code(to) {
    return (await this.mail(to, 'email_code')).code;
  }

  async advance(duration) {
    await this.#json('POST', '/dev/clock', { body: { advance: duration }, expected: 200 });
  }

  async #token() {
    const application = this.application(this.contoso, 'Automation');
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: application.appId,
      client_secret: application.secret,
      scope: `${this.origin}/.default`,
    });
    const { access_token: token } = await this.#json('POST', `/${this.contoso.id}/oauth2/v2.0/token`, {
      form,
      expected: 200,
    });
    this.secrets.add(token);
    return token;
  }

  #json(method, path, { token, body, form, expected }) {
    const headers = {};
    if (token) headers.authorization = `Bearer ${token}`;
    if (body) headers['content-type'] = 'application/json';
    if (form) headers['content-type'] = 'application/x-www-form-urlencoded';
    const payload = body ? JSON.stringify(body) : form?.toString();
    return new Promise((resolve, reject) => {
      const call = request(this.origin + path, { method, headers, agent: this.agent }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part) => (text += part));
        answer.on('end', () => {
          if (answer.statusCode === expected) resolve(text ? JSON.parse(text) : undefined);
          else reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
        });
      });
      call.on('error', reject);
      call.end(payload);
    });
  }
}

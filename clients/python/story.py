"""A story is told step by step; each step is one check with a sentence for its name.

A step that fails is shown with its cause, the story goes on, and the closing line counts both.
"""

import contextlib
import json
import os
import ssl
import sys
import time
import traceback
import urllib.parse
import urllib.request


class Story:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    @contextlib.contextmanager
    def step(self, sentence, needed=False):
        """A step that the rest of the story needs ends it when it fails."""
        try:
            yield
        except Exception:
            self.failed += 1
            print(f"FAILED  {sentence}\n{traceback.format_exc(limit=-2)}")
            if needed:
                self.close()
        else:
            self.passed += 1
            print(f"ok      {sentence}")

    def close(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


class Card:
    """What the server printed at its start."""

    def __init__(self):
        self.card = json.loads(os.environ["LODGE_CARD"])
        self.origin = self.card["origin"]
        self.contoso = self.tenant("Contoso")
        self.fabrikam = self.tenant("Fabrikam")

    def tenant(self, name):
        return next(tenant for tenant in self.card["tenants"] if tenant["displayName"] == name)

    @staticmethod
    def application(tenant, name):
        return next(known for known in tenant["applications"] if known["displayName"] == name)

    @staticmethod
    def user(tenant, local_part):
        name = f"{local_part}@{tenant['initialDomain']}"
        return next(user for user in tenant["users"] if user["userPrincipalName"] == name)


class Server:
    """The server's plain faces: mail, clock, and any path a test wants to see as it is."""

    def __init__(self, origin):
        self.origin = origin
        self.trust = ssl.create_default_context(cafile=os.environ["SSL_CERT_FILE"])

    def send(self, method, path, body=None, headers=None):
        """Status, headers and body; a refusal is an answer like any other, redirects are not followed."""
        url = path if path.startswith("https://") else self.origin + path
        data = None if body is None else json.dumps(body).encode()
        headers = dict(headers or {})
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(url, data=data, headers=headers, method=method)
        opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=self.trust), urllib.request.ProxyHandler({}), _NoRedirect
        )
        try:
            with opener.open(request) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read().decode()

    def mails(self, to):
        status, _, body = self.send("GET", "/dev/mail.json?to=" + urllib.parse.quote(to))
        assert status == 200, (status, body)
        mails = json.loads(body)
        return mails["value"] if isinstance(mails, dict) else mails

    def newest_mail(self, to, kind):
        mails = [mail for mail in self.mails(to) if mail["kind"] == kind]
        assert mails, f"no {kind} for {to}"
        return mails[0]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def equal(found, expected):
    assert found == expected, f"found {found!r}, expected {expected!r}"


def contains(text, part):
    assert part in text, f"{part!r} is not in {text!r}"


def lacks(text, part):
    assert part not in text, f"{part!r} is in {text!r}"


def rfc3339(seconds_ago):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - seconds_ago))

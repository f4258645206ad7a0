"""A signed-in member invites somebody, through Microsoft's MSAL for Python as it comes."""

import re
import urllib.parse

import msal
import requests

from person import Person
from story import Card, Server, Story, contains, equal, lacks

REDIRECT = "http://localhost:53682/callback"
ADDRESS = "partner@adatum.example"
MESSAGE = "We look forward to working with you."


def sign_in(application, user, scopes):
    """The authorization code flow with the person's part played on the sign-in pages."""
    flow = application.initiate_auth_code_flow(scopes, redirect_uri=REDIRECT)
    person = Person(stops_at=[REDIRECT])
    person.open(flow["auth_uri"])
    person.press("Next", username=user["userPrincipalName"])
    person.press("Sign in", current_password=user["password"])
    assert person.landed, f"the sign-in ended at {person.url} ({person.status}):\n{person.text[:4000]}"
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(person.landed).query)
    answer = {name: values[0] for name, values in query.items()}
    return application.acquire_token_by_auth_code_flow(flow, answer), person


def tell(story, card, server):
    contoso = card.contoso
    member = card.user(contoso, "member")
    demo = card.application(contoso, "Demo web app")
    application = msal.PublicClientApplication(
        demo["appId"], authority=f"{card.origin}/{contoso['id']}", instance_discovery=False
    )
    result = {}

    def graph(method, path, **more):
        headers = {"Authorization": f"Bearer {result['access_token']}"}
        return requests.request(method, card.origin + path, headers=headers, timeout=30, **more)

    with story.step("a wrong password is refused on the page, and the address stays"):
        flow = application.initiate_auth_code_flow(["User.Read"], redirect_uri=REDIRECT)
        person = Person(stops_at=[REDIRECT])
        person.open(flow["auth_uri"]).press("Next", username=member["userPrincipalName"])
        person.press("Sign in", current_password="not the password")
        equal(person.landed, None)
        person.sees(member["userPrincipalName"])

    with story.step("a member signs in and gets the tokens", needed=True):
        result, person = sign_in(application, member, ["User.Read", "User.ReadBasic.All", "User.Invite.All"])
        assert "access_token" in result, result
        claims = result["id_token_claims"]
        equal(claims["tid"], contoso["id"])
        equal(claims["oid"], member["id"])
        equal(claims["aud"], demo["appId"])
        equal(claims["iss"], f"{card.origin}/{contoso['id']}/v2.0")
        equal(claims["ver"], "2.0")
        equal(claims["preferred_username"], member["userPrincipalName"])
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", claims["sub"]), claims["sub"]
        account = application.get_accounts()[0]
        equal(account["home_account_id"], f"{member['id']}.{contoso['id']}")

    with story.step("who signed in once is not asked again"):
        flow = application.initiate_auth_code_flow(["User.Read"], redirect_uri=REDIRECT)
        person.landed = None
        person.open(flow["auth_uri"])
        assert person.landed, f"asked again at {person.url}"

    with story.step("/me is the member"):
        answer = graph("GET", "/v1.0/me")
        equal(answer.status_code, 200)
        equal(answer.json()["id"], member["id"])
        equal(answer.json()["userPrincipalName"], member["userPrincipalName"])

    with story.step("the member invites, and the message and the sponsor are theirs"):
        answer = graph(
            "POST",
            "/v1.0/invitations",
            json={
                "invitedUserEmailAddress": ADDRESS,
                "inviteRedirectUrl": "https://apps.contoso.example/",
                "sendInvitationMessage": True,
                "invitedUserMessageInfo": {"customizedMessageBody": MESSAGE},
            },
        )
        equal(answer.status_code, 201)
        equal(answer.json()["status"], "PendingAcceptance")
        lacks(answer.json(), "@lodge.notice")
        mail = server.newest_mail(ADDRESS, "guest_invitation")
        for part in (mail["text"], mail["html"]):
            contains(part, MESSAGE)
            contains(part, member["displayName"])

    with story.step("what was not consented to is refused"):
        equal(graph("DELETE", f"/v1.0/users/{answer.json()['invitedUser']['id']}").status_code, 403)
        equal(graph("GET", "/v1.0/auditLogs/directoryAudits").status_code, 403)

    with story.step("the tokens are renewed silently"):
        renewed = application.acquire_token_silent(
            ["User.Read"], account=application.get_accounts()[0], force_refresh=True
        )
        assert renewed and "access_token" in renewed, renewed
        assert renewed["access_token"] != result["access_token"]
        result = renewed
        equal(graph("GET", "/v1.0/me").status_code, 200)

    with story.step("a code works once"):
        flow = application.initiate_auth_code_flow(["User.Read"], redirect_uri=REDIRECT)
        person.landed = None
        person.open(flow["auth_uri"])
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(person.landed).query))
        form = {
            "grant_type": "authorization_code",
            "client_id": demo["appId"],
            "code": query["code"],
            "redirect_uri": REDIRECT,
            "code_verifier": flow["code_verifier"],
        }
        url = f"{card.origin}/{contoso['id']}/oauth2/v2.0/token"
        equal(requests.post(url, data=form, timeout=30).status_code, 200)
        again = requests.post(url, data=form, timeout=30)
        equal(again.status_code, 400)
        equal(again.json()["error"], "invalid_grant")


def main():
    card = Card()
    story = Story()
    tell(story, card, Server(card.origin))
    story.close()


main()

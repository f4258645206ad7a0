"""An application invites a guest, with Microsoft's own libraries as they come.

Only the base URL, the authority, the switch for a private authority and the bundle of certificates differ from
a program written for the hosted service.
"""

import asyncio
import json
import re
import urllib.parse

from azure.core.exceptions import ClientAuthenticationError
from azure.identity import ClientSecretCredential
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.audit_logs.directory_audits.directory_audits_request_builder import (
    DirectoryAuditsRequestBuilder,
)
from msgraph.generated.audit_logs.sign_ins.sign_ins_request_builder import SignInsRequestBuilder
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.invitation import Invitation
from msgraph.generated.models.invited_user_message_info import InvitedUserMessageInfo
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.recipient import Recipient
from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder
from msgraph.generated.users.users_request_builder import UsersRequestBuilder

from story import Card, Server, Story, contains, equal, lacks, rfc3339

ADDRESS = "guest@fabrikam.example"
MESSAGE = "Welcome to Project Falcon."
REDIRECT = "https://apps.contoso.example/start?from=invitation"


def graph_client(card, secret):
    credential = ClientSecretCredential(
        card.contoso["id"],
        card.application(card.contoso, "Automation")["appId"],
        secret,
        authority=card.origin,
        disable_instance_discovery=True,
    )
    provider = AzureIdentityAuthenticationProvider(
        credential, scopes=[card.origin + "/.default"], allowed_hosts=["localhost"]
    )
    adapter = GraphRequestAdapter(provider)
    adapter.base_url = card.origin + "/v1.0"
    return GraphServiceClient(request_adapter=adapter), credential


def invitation(address=ADDRESS, **fields):
    values = {"invite_redirect_url": REDIRECT, "send_invitation_message": True, **fields}
    return Invitation(invited_user_email_address=address, **values)


async def refused(call, status, code):
    """Awaits a call that must fail, and gives the error that the SDK made of the answer."""
    try:
        await call
    except ODataError as error:
        equal(error.response_status_code, status)
        equal(error.error.code.removeprefix("Request_"), code.removeprefix("Request_"))
        assert error.error.message, "a refusal has a sentence"
        return error
    raise AssertionError(f"expected {status} {code}, but it succeeded")


def selected(builder, **parameters):
    query = getattr(builder, builder.__name__ + "GetQueryParameters")(**parameters)
    return RequestConfiguration(query_parameters=query)


async def tell(story, card, server):
    automation = card.application(card.contoso, "Automation")
    client, credential = graph_client(card, automation["secret"])

    with story.step("the application gets a token with its secret", needed=True):
        token = credential.get_token(card.origin + "/.default").token
        equal(token.count("."), 2)

    with story.step("a wrong secret is refused with the number that clients know"):
        try:
            graph_client(card, "wrong")[1].get_token(card.origin + "/.default")
        except ClientAuthenticationError as error:
            contains(str(error), "AADSTS7000215")
        else:
            raise AssertionError("a wrong secret got a token")

    with story.step("an invitation is answered with 201 and a link", needed=True):
        first = await client.invitations.post(
            invitation(
                invited_user_display_name="Gina Guest",
                invited_user_message_info=InvitedUserMessageInfo(
                    customized_message_body=MESSAGE,
                    cc_recipients=[Recipient(email_address=EmailAddress(address="boss@fabrikam.example"))],
                ),
            )
        )
        equal(first.status, "PendingAcceptance")
        equal(first.invited_user_type, "Guest")
        equal(first.invited_user_email_address, ADDRESS)
        equal(first.invited_user_display_name, "Gina Guest")
        equal(first.invite_redirect_url, REDIRECT)
        equal(first.reset_redemption, False)
        equal(first.invited_user_message_info.customized_message_body, MESSAGE)
        assert first.invited_user.id
        link = urllib.parse.urlsplit(first.invite_redeem_url)
        equal(f"{link.scheme}://{link.netloc}{link.path}", card.origin + "/redeem")
        query = urllib.parse.parse_qs(link.query)
        equal(query["tenant"], [card.contoso["id"]])
        equal(query["user"], [first.id])
        equal(query["ver"], ["2.0"])
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", query["ticket"][0]), query["ticket"]

    with story.step("the answer says that an application's message is left out"):
        notices = first.additional_data["@lodge.notice"]
        equal([_value(notice, "code") for notice in notices], ["personalMessageOmitted"])
        assert _value(notices[0], "message") and _value(notices[0], "remedy") and _value(notices[0], "rule")

    with story.step("the guest exists at once"):
        guest = await client.users.by_user_id(first.invited_user.id).get(
            selected(
                UserItemRequestBuilder,
                select=[
                    "id", "mail", "displayName", "userType", "externalUserState", "userPrincipalName",
                    "creationType", "accountEnabled", "identities", "externalUserStateChangeDateTime",
                ],
            )
        )
        equal(guest.user_type, "Guest")
        equal(guest.external_user_state, "PendingAcceptance")
        equal(guest.mail, ADDRESS)
        equal(guest.display_name, "Gina Guest")
        equal(guest.creation_type, "Invitation")
        equal(guest.account_enabled, True)
        equal(guest.user_principal_name, f"guest_fabrikam.example#EXT#@{card.contoso['initialDomain']}")
        equal([identity.sign_in_type for identity in guest.identities], ["userPrincipalName"])

    with story.step("without $select a user has the eleven default properties"):
        status, _, body = server.send(
            "GET", f"/v1.0/users/{first.invited_user.id}", headers={"Authorization": f"Bearer {token}"}
        )
        equal(status, 200)
        equal(
            sorted(name for name in json.loads(body) if not name.startswith("@")),
            sorted([
                "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone",
                "officeLocation", "preferredLanguage", "surname", "userPrincipalName", "id",
            ]),
        )

    with story.step("the guest is found by name as well"):
        by_name = await client.users.by_user_id(guest.user_principal_name).get()
        equal(by_name.id, first.invited_user.id)

    with story.step("the list of users has members and guest"):
        users = await client.users.get(
            selected(UsersRequestBuilder, select=["id", "userPrincipalName"], top=100)
        )
        names = [user.user_principal_name for user in users.value]
        contains(names, guest.user_principal_name)
        contains(names, card.user(card.contoso, "admin")["userPrincipalName"])
        lacks(names, card.user(card.fabrikam, "admin")["userPrincipalName"])

    with story.step("the mail has the link and a typed code, and no message of an application"):
        mail = server.newest_mail(ADDRESS, "guest_invitation")
        equal(mail["to"], [ADDRESS])
        equal(mail["language"], "en")
        contains(mail["links"], first.invite_redeem_url)
        assert re.fullmatch(r"[0-9ABCDEFGHJKMNPQRSTVWXYZ]{12}", mail["code"]), mail["code"]
        for part in (mail["text"], mail["html"]):
            contains(part, "Contoso")
            contains(part, ADDRESS)
            lacks(part, MESSAGE)

    with story.step("the copy has neither link nor code"):
        copy = server.newest_mail("boss@fabrikam.example", "invitation_copy")
        equal(copy["to"], ["boss@fabrikam.example"])
        equal(copy["code"], None)
        for part in (copy["text"], copy["html"]):
            lacks(part, "ticket=")

    with story.step("the link opens a page that changes nothing and leaks nothing"):
        status, headers, page = server.send("GET", first.invite_redeem_url)
        equal(status, 200)
        contains(page, "Contoso")
        equal(headers["Cache-Control"], "no-store")
        equal(headers["Referrer-Policy"], "no-referrer")
        equal(headers["X-Content-Type-Options"], "nosniff")
        assert headers["Content-Security-Policy"], "a page has a policy"
        equal(headers["Strict-Transport-Security"], None)
        equal(server.send("HEAD", first.invite_redeem_url)[0], 200)
        equal(server.send("GET", first.invite_redeem_url)[0], 200)

    with story.step("inviting again is a resend: same guest, new link, the older one dead"):
        second = await client.invitations.post(invitation())
        equal(second.invited_user.id, first.invited_user.id)
        assert second.invite_redeem_url != first.invite_redeem_url
        equal(server.send("GET", second.invite_redeem_url)[0], 200)
        equal(server.send("GET", first.invite_redeem_url)[0], 410)

    with story.step("a ticket with one wrong character is not known"):
        wrong = re.sub(
            r"ticket=(.)", lambda match: "ticket=" + ("A" if match[1] != "A" else "B"), second.invite_redeem_url
        )
        equal(server.send("GET", wrong)[0], 404)
        equal(server.send("GET", "/redeem")[0], 200)

    with story.step("without sendInvitationMessage nothing is sent"):
        quiet = await client.invitations.post(
            invitation("quiet@fabrikam.example", send_invitation_message=False)
        )
        equal(quiet.status, "PendingAcceptance")
        equal(server.mails("quiet@fabrikam.example"), [])

    with story.step("the mail speaks the language that was asked for"):
        await client.invitations.post(
            invitation(
                "gast@fabrikam.example",
                invited_user_message_info=InvitedUserMessageInfo(message_language="de-DE"),
            )
        )
        equal(server.newest_mail("gast@fabrikam.example", "guest_invitation")["language"], "de")

    with story.step("bad input is refused with a sentence"):
        await refused(client.invitations.post(invitation("no address")), 400, "BadRequest")
        await refused(client.invitations.post(invitation(invite_redirect_url="/start")), 400, "BadRequest")
        await refused(client.invitations.post(invitation(reset_redemption=True)), 400, "BadRequest")
        copies = [
            Recipient(email_address=EmailAddress(address=f"{name}@fabrikam.example")) for name in ("a", "b")
        ]
        await refused(
            client.invitations.post(
                invitation(invited_user_message_info=InvitedUserMessageInfo(cc_recipients=copies))
            ),
            400,
            "BadRequest",
        )

    with story.step("an address in a domain of the tenant itself is refused"):
        await refused(client.invitations.post(invitation("anybody@contoso.example")), 400, "BadRequest")

    with story.step("what does not exist is a 404 with its request id"):
        error = await refused(
            client.users.by_user_id("00000000-0000-4000-8000-000000000000").get(), 404, "Request_ResourceNotFound"
        )
        assert error.error.inner_error.request_id

    with story.step("an application is not somebody: /me is refused"):
        await refused(client.me.get(), 400, "BadRequest")

    with story.step("an unknown segment is a 400, a missing token a 401 that says where to get one"):
        status, _, body = server.send("GET", "/v1.0/nothings", headers={"Authorization": f"Bearer {token}"})
        equal(status, 400)
        contains(json.loads(body)["error"]["message"], "Resource not found for the segment 'nothings'.")
        status, headers, body = server.send("GET", "/v1.0/users")
        equal(status, 401)
        equal(json.loads(body)["error"]["code"], "InvalidAuthenticationToken")
        contains(headers["WWW-Authenticate"], "authorization_uri")
        assert headers["request-id"]

    with story.step("a forged token is refused"):
        head, claims, signature = token.split(".")
        forged = f"{head}.{claims}.{signature[:-4]}AAAA"
        equal(server.send("GET", "/v1.0/users", headers={"Authorization": f"Bearer {forged}"})[0], 401)

    user = client.users.by_user_id(first.invited_user.id)
    deleted = client.directory.deleted_items.by_directory_object_id(first.invited_user.id)

    with story.step("a deleted guest is gone, the link is dead, and the bin has the guest"):
        await user.delete()
        await refused(user.get(), 404, "Request_ResourceNotFound")
        equal(server.send("GET", second.invite_redeem_url)[0], 410)
        equal((await deleted.get()).id, first.invited_user.id)

    with story.step("a guest cannot be restored while another holds the address"):
        other = await client.invitations.post(invitation(send_invitation_message=False))
        assert other.invited_user.id != first.invited_user.id
        error = await refused(deleted.restore.post(), 400, "Request_BadRequest")
        contains([detail.code for detail in error.error.details], "ObjectConflict")
        await client.users.by_user_id(other.invited_user.id).delete()

    with story.step("a restored guest is back and needs a new link"):
        restored = await deleted.restore.post()
        equal(restored.id, first.invited_user.id)
        equal((await user.get()).mail, ADDRESS)
        equal(server.send("GET", second.invite_redeem_url)[0], 410)
        third = await client.invitations.post(invitation())
        equal(third.invited_user.id, first.invited_user.id)
        equal(server.send("GET", third.invite_redeem_url)[0], 200)

    with story.step("the organization is described"):
        organizations = await client.organization.get()
        equal([known.id for known in organizations.value], [card.contoso["id"]])
        equal(organizations.value[0].display_name, "Contoso")
        contains(
            [domain.name for domain in organizations.value[0].verified_domains], card.contoso["initialDomain"]
        )

    with story.step("the audit log has who invited whom"):
        audits = await client.audit_logs.directory_audits.get(
            selected(
                DirectoryAuditsRequestBuilder,
                filter=f"activityDisplayName eq 'Invite external user' and activityDateTime ge {rfc3339(3600)}",
                top=2,
            )
        )
        equal(len(audits.value), 2)
        event = audits.value[0]
        equal(event.activity_display_name, "Invite external user")
        equal(event.logged_by_service, "Invited Users")
        equal(event.category, "UserManagement")
        equal(event.result.value, "success")
        equal(event.initiated_by.app.app_id, automation["appId"])
        contains([target.id for target in event.target_resources], first.invited_user.id)

    with story.step("the audit log has deletion and return, and nothing in the future"):
        for activity in ("Delete external user", "Restore user"):
            audits = await client.audit_logs.directory_audits.get(
                selected(DirectoryAuditsRequestBuilder, filter=f"activityDisplayName eq '{activity}'")
            )
            assert audits.value, activity
        audits = await client.audit_logs.directory_audits.get(
            selected(DirectoryAuditsRequestBuilder, filter=f"activityDateTime ge {rfc3339(-3600)}")
        )
        equal(audits.value, [])

    with story.step("the sign-in log can be read"):
        sign_ins = await client.audit_logs.sign_ins.get(selected(SignInsRequestBuilder, top=5))
        assert isinstance(sign_ins.value, list)


def _value(notice, name):
    """A member of an annotation, whether the SDK kept it as a dictionary or as an untyped node."""
    if isinstance(notice, dict):
        return notice[name]
    node = notice.get_value()[name]
    return node.get_value() if hasattr(node, "get_value") else node


def main():
    card = Card()
    story = Story()
    asyncio.run(tell(story, card, Server(card.origin)))
    story.close()


main()

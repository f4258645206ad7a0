"""Somebody at a browser without scripts: opens pages, fills in forms, presses buttons by what stands on them."""

import html.parser
import urllib.parse

import requests


class Person:
    def __init__(self, stops_at=()):
        """Redirects are followed until one leads below an address in `stops_at`."""
        self.session = requests.Session()
        self.session.trust_env = True
        self.stops_at = tuple(stops_at)
        self.url = None
        self.status = None
        self.text = ""
        self.landed = None

    def open(self, url):
        self._send("GET", url)
        return self

    def press(self, label, **fields):
        """Presses the button with this on it. Fields are named by the purpose that `autocomplete` gives them."""
        form, button = self._find(label)
        values = dict(form["values"])
        for purpose, value in fields.items():
            name = form["purposes"].get(purpose.replace("_", "-"))
            assert name, f"no field for {purpose} beside {label!r} on {self.url}: {form['purposes']}"
            values[name] = value
        if button["name"]:
            values[button["name"]] = button["value"]
        target = urllib.parse.urljoin(self.url, form["action"])
        self._send(form["method"], target, values)
        return self

    def sees(self, part):
        assert part in self.text, f"{part!r} is not on {self.url} ({self.status}):\n{self.text[:4000]}"
        return self

    def _find(self, label):
        page = _Page(self.text)
        for form in page.forms:
            for button in form["buttons"]:
                if label.lower() in " ".join(button["text"].split()).lower():
                    return form, button
        labels = [button["text"].strip() for form in page.forms for button in form["buttons"]]
        raise AssertionError(f"no button {label!r} on {self.url} ({self.status}), only {labels}:\n{self.text[:4000]}")

    def _send(self, method, url, values=None):
        headers = {"Origin": urllib.parse.urljoin(url, "/").rstrip("/")} if method == "POST" else {}
        parameters = {"data": values} if method == "POST" else {"params": values}
        for _ in range(12):
            answer = self.session.request(method, url, headers=headers, allow_redirects=False, **parameters)
            self.url, self.status, self.text = answer.url, answer.status_code, answer.text
            if answer.status_code not in (302, 303, 307):
                return
            url = urllib.parse.urljoin(url, answer.headers["Location"])
            if url.startswith(self.stops_at):
                self.landed = url
                return
            assert answer.status_code != 307, "a page sends a form on only by 303"
            method, parameters, headers = "GET", {}, {}
        raise AssertionError(f"redirected in a circle at {url}")


class _Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.forms = []
        self.form = None
        self.button = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.form = {
                "action": attributes.get("action") or "",
                "method": attributes.get("method", "get").upper(),
                "values": {},
                "purposes": {},
                "buttons": [],
            }
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "input":
            self._input(attributes)
        elif tag == "button" and attributes.get("type", "submit") == "submit":
            self.button = {
                "name": attributes.get("name"),
                "value": attributes.get("value", ""),
                "text": attributes.get("aria-label", ""),
            }
            self.form["buttons"].append(self.button)

    def _input(self, attributes):
        name = attributes.get("name")
        kind = attributes.get("type", "text")
        if not name or "disabled" in attributes:
            return
        for purpose in (attributes.get("autocomplete") or "").split():
            self.form["purposes"][purpose] = name
        if kind == "password":
            self.form["purposes"].setdefault("current-password", name)
        if kind in ("checkbox", "radio") and "checked" not in attributes:
            return
        self.form["values"][name] = attributes.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "button":
            self.button = None

    def handle_data(self, data):
        if self.button is not None:
            self.button["text"] += data

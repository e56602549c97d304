"""A form as it is often written: the text lives in the page, and goes to the server with the button.

The tests serve it, under an address of their own; the product has nothing of it. It holds what each
scenario of docs/typed-text.md needs to lose the text, so that the scenarios are seen to bite.
"""

from urllib.parse import parse_qs, urlsplit

PAGE = """<!doctype html><html lang="et"><title>Naive</title><body>{said}
<form method="post"><input type="hidden" name="token" value="{token}">
<textarea name="text" aria-label="Tekst">{text}</textarea>
<select name="topic" aria-label="Teema"><option></option><option value="1">Veeluba</option></select>
<button name="do" value="finish">Salvesta</button>
<button formmethod="get" name="do" value="add">Lisa inimene</button></form>
<script>document.querySelector("select").addEventListener("change", () => location.assign("?topic=1"));</script>
</body></html>"""
SIGN_IN = "<!doctype html><html lang='et'><title>Sisse</title><body>Logige sisse</body></html>"
NOT_ALLOWED = "<!doctype html><html lang='et'><title>Ei</title><body>Ei ole lubatud</body></html>"


class NaiveForm:
    """Answers for one address; `saved` is its database."""

    def __init__(self, context, base, session_cookie):
        self.address = f"{base}/naive/"
        self.context, self.session_cookie = context, session_cookie
        self.saved = {}
        self.token = "1"
        context.route(f"{self.address}**", self.answer)

    def answer(self, route):
        request = route.request
        place = urlsplit(request.url).path
        if self.session_cookie not in {cookie["name"] for cookie in self.context.cookies()}:
            self.give(route, SIGN_IN)
        elif request.method == "POST":
            self.take(route, place, parse_qs(request.post_data or ""))
        else:
            self.give(route, self.page(text=self.saved.get(place, "")))

    def take(self, route, place, sent):
        if sent["token"] != [self.token]:
            self.give(route, NOT_ALLOWED, status=403)
        elif "topic" not in sent:
            self.give(route, self.page(said="Teema puudub"))
        else:
            [self.saved[place]] = sent["text"]
            self.give(route, self.page(said="Salvestatud", text=self.saved[place]))

    def page(self, said="", text=""):
        return PAGE.format(said=said, text=text, token=self.token)

    @staticmethod
    def give(route, body, status=200):
        route.fulfill(status=status, content_type="text/html; charset=utf-8", body=body)
